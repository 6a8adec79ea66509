package dev.peerscope.wire;

import java.nio.ByteBuffer;

/**
 * Writes protobuf fields into a buffer that has room for them. What it writes is measured beforehand with the static
 * methods, because a nested message is preceded by its length.
 */
public final class ProtobufWriter {

    private static final int LENGTH_DELIMITED = 2;

    private final ByteBuffer to;

    /** @param to written from its position on */
    public ProtobufWriter(ByteBuffer to) {
        this.to = to;
    }

    /** The bytes of a varint with this value, unsigned. */
    public static int varintLength(long value) {
        return (Long.SIZE + 6 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }

    /** The bytes of a varint field, its tag included. */
    public static int varintFieldLength(int field, long value) {
        return varintLength((long) field << 3) + varintLength(value);
    }

    /** The bytes of a field of so many bytes, its tag and length included. */
    public static int bytesFieldLength(int field, int length) {
        return varintLength((long) field << 3) + varintLength(length) + length;
    }

    /** A varint without a tag. */
    public void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            to.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        to.put((byte) rest);
    }

    /** A varint field, zero or not. */
    public void varintField(int field, long value) {
        varint((long) field << 3);
        varint(value);
    }

    /** A flag, set or not. */
    public void flagField(int field, boolean value) {
        varintField(field, value ? 1 : 0);
    }

    /** A field of bytes, any or none. */
    public void bytesField(int field, byte[] bytes) {
        messageField(field, bytes.length);
        to.put(bytes);
    }

    /** The head of a field of so many bytes, which the caller writes next. */
    public void messageField(int field, int length) {
        varint((long) field << 3 | LENGTH_DELIMITED);
        varint(length);
    }

    /** The buffer, for what is written in another way. */
    public ByteBuffer buffer() {
        return to;
    }
}
