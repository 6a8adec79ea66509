package dev.peerscope.transport.mux.mplex;

import dev.peerscope.peer.Direction;
import dev.peerscope.transport.mux.MuxerViolation;

/** The lowest three bits of a frame's header. Each but the first exists once for either end of the stream. */
enum MplexFlag {
    NEW_STREAM,
    MESSAGE_RECEIVER,
    MESSAGE_INITIATOR,
    CLOSE_RECEIVER,
    CLOSE_INITIATOR,
    RESET_RECEIVER,
    RESET_INITIATOR;

    static final int BITS = 3;
    private static final MplexFlag[] FLAGS = values();

    static MplexFlag of(long header) throws MuxerViolation {
        int flag = (int) header & (1 << BITS) - 1;
        if (flag >= FLAGS.length) {
            throw new MuxerViolation("an mplex frame has the unknown flag " + flag);
        }
        return FLAGS[flag];
    }

    /** Who opened the stream that a received frame with this flag is about. */
    Direction openerAsReceived() {
        return switch (this) {
            case NEW_STREAM, MESSAGE_INITIATOR, CLOSE_INITIATOR, RESET_INITIATOR -> Direction.INBOUND;
            case MESSAGE_RECEIVER, CLOSE_RECEIVER, RESET_RECEIVER -> Direction.OUTBOUND;
        };
    }
}
