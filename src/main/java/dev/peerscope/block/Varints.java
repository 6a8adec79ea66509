package dev.peerscope.block;

import java.nio.ByteBuffer;

import dev.peerscope.block.InvalidCid.Reason;

/**
 * Unsigned varints as the multiformats specification wants them: seven bits a byte, lowest first, at most nine bytes,
 * and never longer than needed.
 */
final class Varints {

    /** Nine bytes hold 63 bits, so a value always fits a positive {@code long}. */
    private static final int BYTES_MAX = 9;

    private Varints() {}

    static long read(ByteBuffer from, String what) {
        long value = 0;
        for (int i = 0; i < BYTES_MAX; i++) {
            if (!from.hasRemaining()) {
                throw new InvalidCid(Reason.TRUNCATED, "the bytes end inside the " + what);
            }
            byte next = from.get();
            value |= (next & 0x7fL) << (7 * i);
            if (next >= 0) {
                if (next == 0 && i > 0) {
                    throw new InvalidCid(Reason.BAD_VARINT,
                            "the " + what + " takes " + (i + 1) + " bytes, expected its shortest form");
                }
                return value;
            }
        }
        throw new InvalidCid(Reason.BAD_VARINT, "the " + what + " is longer than " + BYTES_MAX + " bytes");
    }

    static void write(long value, ByteBuffer to) {
        long rest = value;
        while (rest > 0x7f) {
            to.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        to.put((byte) rest);
    }

    static int length(long value) {
        return value == 0 ? 1 : (70 - Long.numberOfLeadingZeros(value)) / 7;
    }
}
