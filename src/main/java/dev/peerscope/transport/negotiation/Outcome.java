package dev.peerscope.transport.negotiation;

/** How far a negotiation has come. */
public sealed interface Outcome {

    /** More bytes are needed. */
    record Pending() implements Outcome {}

    /** Both sides will speak this protocol from the next byte on. */
    record Agreed(String protocol) implements Outcome {}

    /** The remote speaks none of the protocols proposed. */
    record Refused() implements Outcome {}
}
