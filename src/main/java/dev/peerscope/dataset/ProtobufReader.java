package dev.peerscope.dataset;

import java.nio.ByteBuffer;

/**
 * Walks the fields of one protobuf message, as strictly as Codex does: varints in their shortest form only, no groups.
 *
 * <p>
 * The caller loops over {@link #next()}, switches on {@link #tag()} and takes or skips each value. A known field of the
 * wrong wire type has a tag that nobody asks for, and so counts as unknown; where a field comes twice, the caller's last
 * assignment wins.
 */
final class ProtobufReader {

    /** The wire type of numbers; a field's tag is its number times eight, plus the wire type. */
    static final int VARINT = 0;
    /** The wire type of bytes, text and messages. */
    static final int BYTES = 2;

    private static final int FIXED64 = 1;
    private static final int FIXED32 = 5;
    private static final int VARINT_BYTES_MAX = 10;
    private static final long UINT32_MAX = 0xffff_ffffL;

    private final ByteBuffer from;
    private long tag;

    ProtobufReader(ByteBuffer from) {
        this.from = from;
    }

    /** Reads the tag of the next field; false at the end of the message. */
    boolean next() {
        if (!from.hasRemaining()) {
            return false;
        }
        tag = varint();
        return true;
    }

    /** Field number and wire type of the current field; -1 for field numbers that protobuf does not have. */
    int tag() {
        return tag == (int) tag ? (int) tag : -1;
    }

    /** The value as an unsigned 64-bit integer. */
    long varint() {
        long value = 0;
        for (int i = 0; i < VARINT_BYTES_MAX; i++) {
            if (!from.hasRemaining()) {
                throw new MalformedProtobuf("the message ends inside a varint");
            }
            byte next = from.get();
            value |= (next & 0x7fL) << (7 * i);
            if (next >= 0) {
                if (next == 0 && i > 0 || i == VARINT_BYTES_MAX - 1 && next > 1) {
                    throw new MalformedProtobuf("a varint is longer than its value needs, or over 64 bits");
                }
                return value;
            }
        }
        throw new MalformedProtobuf("a varint is longer than " + VARINT_BYTES_MAX + " bytes");
    }

    /** The value as an unsigned 32-bit integer. */
    long uint32(String what) {
        long value = varint();
        if (value < 0 || value > UINT32_MAX) {
            throw new MalformedProtobuf(what + " is " + Long.toUnsignedString(value) + ", more than 32 bits");
        }
        return value;
    }

    /** The value as bytes, a view into the message. */
    ByteBuffer bytes() {
        long length = varint();
        ByteBuffer bytes = from.slice(from.position(), checked(length));
        from.position(from.position() + (int) length);
        return bytes;
    }

    /** The value as bytes of its own. */
    byte[] byteArray() {
        ByteBuffer bytes = bytes();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    void skip() {
        int wireType = (int) (tag & 7);
        switch (wireType) {
            case VARINT -> varint();
            case BYTES -> bytes();
            case FIXED64 -> from.position(from.position() + checked(Long.BYTES));
            case FIXED32 -> from.position(from.position() + checked(Integer.BYTES));
            default -> throw new MalformedProtobuf("wire type " + wireType + " is not in use");
        }
    }

    private int checked(long length) {
        if (length < 0 || length > from.remaining()) {
            throw new MalformedProtobuf("a field claims " + Long.toUnsignedString(length) + " bytes, "
                    + from.remaining() + " are left");
        }
        return (int) length;
    }
}
