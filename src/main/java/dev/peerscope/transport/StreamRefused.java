package dev.peerscope.transport;

/** A stream that could not be opened; the message says why. */
public final class StreamRefused extends Exception {

    private final Kind kind;

    /** What stood in the way. */
    public enum Kind {
        /** The remote does not speak the protocol. */
        NOT_SPOKEN,
        /** The remote reset or closed the stream, or broke the rules of negotiation. */
        FAILED,
        /** No answer in time. */
        TIMEOUT,
        /** A bound on streams is met. */
        LIMIT_MET,
        /** The connection has ended. */
        DISCONNECTED
    }

    public StreamRefused(Kind kind, String reason) {
        super(reason);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
