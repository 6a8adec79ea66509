package dev.peerscope.transport.varint;

import io.netty.buffer.ByteBuf;

/** Writes what {@link VarintReader} reads. */
public final class VarintWriter {

    private VarintWriter() {}

    /** Appends a value that is at least 0. */
    public static void write(ByteBuf out, long value) {
        long rest = value;
        while (rest > 0x7f) {
            out.writeByte((int) rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }
}
