package dev.peerscope.transport.noise;

import dev.peerscope.transport.RefusalKind;

/** A handshake that the remote broke, or that proved it to be the wrong peer. */
public final class HandshakeFailed extends Exception {

    private final RefusalKind kind;

    HandshakeFailed(RefusalKind kind, String reason) {
        super(reason);
        this.kind = kind;
    }

    /** What stood in the way. */
    public RefusalKind kind() {
        return kind;
    }
}
