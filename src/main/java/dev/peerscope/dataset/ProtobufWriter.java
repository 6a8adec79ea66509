package dev.peerscope.dataset;

import java.io.ByteArrayOutputStream;

/** Writes the fields of one protobuf message, named by their tags, in the order of the calls, zero values too. */
final class ProtobufWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ProtobufWriter varint(int tag, long value) {
        writeVarint(tag);
        writeVarint(value);
        return this;
    }

    ProtobufWriter bytes(int tag, byte[] value) {
        return bytes(tag, value, 0, value.length);
    }

    ProtobufWriter bytes(int tag, byte[] value, int offset, int length) {
        writeVarint(tag);
        writeVarint(length);
        bytes.write(value, offset, length);
        return this;
    }

    ProtobufWriter message(int tag, ProtobufWriter message) {
        return bytes(tag, message.toBytes());
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    private void writeVarint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
