package dev.peerscope.peer;

import java.io.ByteArrayOutputStream;

/** Writes what {@link ByteReader} reads. */
final class ByteWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ByteWriter varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    ByteWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    ByteWriter counted(byte[] bytes) {
        return varint(bytes.length).raw(bytes);
    }

    /** The tag of a protobuf field that holds counted bytes. */
    ByteWriter tag(int field) {
        return varint((long) field << 3 | 2);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
