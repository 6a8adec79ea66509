package dev.peerscope.transport.negotiation;

import io.netty.buffer.ByteBuf;

/** One side of one negotiation. */
public sealed interface Negotiation permits DiallerNegotiation, ListenerNegotiation {

    /** Writes what this side says before it has heard anything. */
    void open(ByteBuf out);

    /**
     * Reads as many lines as are complete and needed, and writes the answers.
     *
     * @param in
     *            everything received and not yet read; what follows an agreement is left in it
     * @throws NegotiationViolation
     *             if the remote broke a rule; nothing more can be negotiated then
     */
    Outcome received(ByteBuf in, ByteBuf out) throws NegotiationViolation;
}
