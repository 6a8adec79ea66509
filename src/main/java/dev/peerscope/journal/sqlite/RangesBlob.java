package dev.peerscope.journal.sqlite;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

import dev.peerscope.block.BlockRanges;

/** Sets of leaf indices as varints; {@code package-info} has the format. */
final class RangesBlob {

    private static final int PAYLOAD_BITS = 7;
    private static final int PAYLOAD = 0x7f;

    private RangesBlob() {}

    static byte[] encode(BlockRanges ranges) {
        var bytes = new ByteArrayOutputStream(4 * ranges.rangeCount());
        write(ranges, bytes);
        return bytes.toByteArray();
    }

    static void write(BlockRanges ranges, ByteArrayOutputStream to) {
        long free = 0;
        for (int i = 0; i < ranges.rangeCount(); i++) {
            writeVarint(ranges.first(i) - free, to);
            writeVarint(ranges.last(i) - ranges.first(i), to);
            free = ranges.last(i) + 1;
        }
    }

    static BlockRanges decode(byte[] bytes) {
        return read(ByteBuffer.wrap(bytes), Integer.MAX_VALUE);
    }

    /** Reads so many ranges, or up to the end. */
    static BlockRanges read(ByteBuffer from, int ranges) {
        var read = BlockRanges.builder();
        long free = 0;
        for (int i = 0; i < ranges && from.hasRemaining(); i++) {
            long first = free + readVarint(from);
            long last = first + readVarint(from);
            read.add(first, last);
            free = last + 1;
        }
        return read.build();
    }

    static void writeVarint(long value, ByteArrayOutputStream to) {
        long rest = value;
        while ((rest & ~PAYLOAD) != 0) {
            to.write((int) (rest & PAYLOAD | PAYLOAD + 1));
            rest >>>= PAYLOAD_BITS;
        }
        to.write((int) rest);
    }

    static long readVarint(ByteBuffer from) {
        long value = 0;
        for (int shift = 0;; shift += PAYLOAD_BITS) {
            byte next = from.get();
            value |= (long) (next & PAYLOAD) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
