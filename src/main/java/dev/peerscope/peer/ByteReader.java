package dev.peerscope.peer;

import java.util.Arrays;

/** Reads varints and counted bytes from an array; reading past the end throws {@link IllegalArgumentException}. */
final class ByteReader {

    private final byte[] bytes;
    private int position;

    ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean hasMore() {
        return position < bytes.length;
    }

    /** A varint of at most ten bytes, as protobuf has them; all of multiformats' (nine at most) are among them. */
    long varint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte next = take(1, "a varint")[0];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                if (next == 0 && shift > 0 || next > 1 && shift == 63) {
                    throw new IllegalArgumentException("a varint is longer than needed or too large");
                }
                return value;
            }
        }
        throw new IllegalArgumentException("a varint has more than ten bytes");
    }

    /** Bytes preceded by their length as a varint. */
    byte[] counted(String what) {
        long length = varint();
        if (length > bytes.length - position) {
            throw new IllegalArgumentException(
                    what + " claims " + length + " bytes where " + (bytes.length - position) + " are left");
        }
        return take((int) length, what);
    }

    byte[] take(int length, String what) {
        if (length > bytes.length - position) {
            throw new IllegalArgumentException("the bytes end inside " + what);
        }
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    byte[] rest() {
        return take(bytes.length - position, "the rest");
    }
}
