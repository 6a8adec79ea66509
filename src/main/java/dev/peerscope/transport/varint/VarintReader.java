package dev.peerscope.transport.varint;

/** A varint that arrives byte by byte. */
public final class VarintReader {

    private static final int LENGTH_MAX = 9;

    private long value;
    private int length;

    /** Takes the next byte; true when it was the last one, and {@link #take()} has the value. */
    public boolean add(byte next) throws MalformedVarint {
        if (length == LENGTH_MAX) {
            throw new MalformedVarint("has more than " + LENGTH_MAX + " bytes");
        }
        if (next == 0 && length > 0) {
            throw new MalformedVarint("is longer than needed");
        }
        value |= (next & 0x7fL) << 7 * length;
        length++;
        return next >= 0;
    }

    /** The value of the bytes taken so far; what follows can only make it larger. */
    public long soFar() {
        return value;
    }

    /** The value, at least 0; the next byte begins another one. */
    public long take() {
        long result = value;
        value = 0;
        length = 0;
        return result;
    }
}
