package dev.peerscope.transport.mux.mplex;

import dev.peerscope.transport.mux.MuxerViolation;

/** An unsigned varint of multiformats that arrives byte by byte: at most nine bytes, and no longer than needed. */
final class VarintReader {

    private static final int LENGTH_MAX = 9;

    private long value;
    private int length;

    /** Takes the next byte; true when it was the last one, and {@link #take()} has the value. */
    boolean add(byte next) throws MuxerViolation {
        if (length == LENGTH_MAX) {
            throw new MuxerViolation("an mplex varint has more than " + LENGTH_MAX + " bytes");
        }
        if (next == 0 && length > 0) {
            throw new MuxerViolation("an mplex varint is longer than needed");
        }
        value |= (next & 0x7fL) << 7 * length;
        length++;
        return next >= 0;
    }

    long take() {
        long result = value;
        value = 0;
        length = 0;
        return result;
    }
}
