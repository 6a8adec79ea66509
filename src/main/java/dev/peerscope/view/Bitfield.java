package dev.peerscope.view;

import java.util.Arrays;

/** Bits as BitTorrent's BEP 3 lays them out: bit 0 is the high bit of the first byte, spare bits at the end are zero. */
final class Bitfield {

    private static final int HIGH_BIT = 0x80;

    private final int bytesMax;
    private byte[] bytes;

    /**
     * All bits zero; grows as bits are set.
     *
     * @throws BitfieldTooLong when {@code length} bits, or later a bit that is set, do not fit in {@code bytesMax} bytes
     */
    Bitfield(long length, int bytesMax) {
        this.bytesMax = bytesMax;
        this.bytes = new byte[bytesFor(length)];
    }

    void set(long first, long last) {
        int needed = bytesFor(last + 1);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, needed);
        }
        long bit = first;
        while (bit <= last) {
            if (bit % Byte.SIZE == 0 && last - bit >= Byte.SIZE - 1) {
                bytes[(int) (bit / Byte.SIZE)] = (byte) 0xff;
                bit += Byte.SIZE;
            } else {
                bytes[(int) (bit / Byte.SIZE)] |= (byte) (HIGH_BIT >> (bit % Byte.SIZE));
                bit++;
            }
        }
    }

    byte[] toBytes() {
        return bytes.clone();
    }

    private int bytesFor(long bits) {
        long needed = Math.ceilDiv(bits, Byte.SIZE);
        if (needed > bytesMax) {
            throw new BitfieldTooLong(needed, bytesMax);
        }
        return (int) needed;
    }
}
