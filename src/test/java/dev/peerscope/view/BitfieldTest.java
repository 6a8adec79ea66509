package dev.peerscope.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;

import org.junit.jupiter.api.Test;

class BitfieldTest {

    private static final int MAX = 1_000;

    @Test
    void theFirstBlockIsTheHighBitOfTheFirstByte() {
        var field = new Bitfield(0, MAX);

        field.set(0, 0);

        assertThat(field.toBytes()).containsExactly(0b1000_0000);
    }

    @Test
    void aDatasetOfKnownLengthHasItsSpareBitsZero() {
        var field = new Bitfield(18, MAX);

        field.set(0, 17);

        assertThat(field.toBytes()).containsExactly(0xff, 0xff, 0b1100_0000);
    }

    @Test
    void randomRangesSetExactlyTheirBits() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int first = random.nextInt(500);
            int last = first + random.nextInt(500);
            var field = new Bitfield(0, MAX);

            field.set(first, last);

            byte[] bytes = field.toBytes();
            for (int bit = 0; bit < bytes.length * 8; bit++) {
                boolean set = (bytes[bit / 8] & (0x80 >> (bit % 8))) != 0;
                assertThat(set).as("seed %d, %d-%d, bit %d", seed, first, last, bit)
                        .isEqualTo(bit >= first && bit <= last);
            }
        }
    }

    @Test
    void whatWouldBeTooLongIsRefused() {
        assertThatThrownBy(() -> new Bitfield(8 * MAX + 1, MAX)).isInstanceOf(BitfieldTooLong.class);
        assertThatThrownBy(() -> new Bitfield(0, MAX).set(8 * MAX, 8 * MAX)).isInstanceOf(BitfieldTooLong.class);
    }
}
