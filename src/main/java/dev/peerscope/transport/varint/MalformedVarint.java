package dev.peerscope.transport.varint;

/** Bytes that are no varint; the message says why, and reads on after the name of the thing that they should be. */
public final class MalformedVarint extends Exception {

    private final String reason;

    MalformedVarint(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** Such as {@code is longer than needed}. */
    public String reason() {
        return reason;
    }
}
