package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.BlockRanges;

class BitmapsTest {

    private static final int STRETCH = 1 << 16;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void rangesBecomeABitmapAndTheBitmapTheSameRanges(long seed) {
        BlockRanges ranges = ranges(new SplittableRandom(seed), 5 * STRETCH);

        RoaringBitmap bitmap = Bitmaps.of(ranges);

        var expected = new RoaringBitmap();
        ranges.forEachRange((first, last) -> expected.add(first, last + 1));
        assertThat(bitmap).isEqualTo(expected);
        assertThat(bitmap.getLongCardinality()).isEqualTo(ranges.count());
        assertThat(Bitmaps.toRanges(bitmap)).isEqualTo(ranges);
        assertThat(Bitmaps.toRanges(expected)).as("of containers of other kinds").isEqualTo(ranges);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void aPartOfTheRangesBeginsAtAnIndexAndIsCut(long seed) {
        var random = new SplittableRandom(seed);
        BlockRanges ranges = ranges(random, 3 * STRETCH);
        RoaringBitmap bitmap = Bitmaps.of(ranges);
        for (int i = 0; i < 50; i++) {
            long from = random.nextLong(3 * STRETCH + 10L);
            int most = 1 + random.nextInt(20);

            BlockRanges part = Bitmaps.toRanges(bitmap, from, most);

            assertThat(part).as("from %d", from)
                    .isEqualTo(ranges.intersect(BlockRanges.of(from, Long.MAX_VALUE)).truncated(most));
        }
    }

    /** Sparse, dense and in long stretches by turns, some of them across the borders of containers. */
    private static BlockRanges ranges(SplittableRandom random, int end) {
        var ranges = BlockRanges.builder();
        int next = random.nextInt(3);
        while (next < end) {
            int scale = 1 << random.nextInt(random.nextInt(12) == 0 ? 17 : 6);
            for (int i = random.nextInt(3_000); i > 0 && next < end; i--) {
                int last = next + random.nextInt(scale);
                ranges.add(next, last);
                next = last + 2 + random.nextInt(scale);
            }
        }
        return ranges.build();
    }

    @Test
    void indicesThatTheEngineDoesNotKeepAreLeftOut() {
        RoaringBitmap bitmap = Bitmaps.of(BlockRanges.parse("5,2147483640-9000000000"));

        assertThat(Bitmaps.toRanges(bitmap)).isEqualTo(BlockRanges.parse("5,2147483640-2147483646"));
        assertThat(Bitmaps.of(BlockRanges.parse("2147483647-9000000000")).isEmpty()).isTrue();
        assertThat(Bitmaps.toRanges(bitmap, Bitmaps.INDEX_MAX + 1, 9)).isEqualTo(BlockRanges.EMPTY);
    }
}
