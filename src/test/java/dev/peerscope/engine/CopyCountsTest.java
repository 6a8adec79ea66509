package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.IntConsumer;
import org.roaringbitmap.RoaringBitmap;

class CopyCountsTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theRarestAreThoseThatCountingOneByOneFinds(long seed) {
        var random = new SplittableRandom(seed);
        int leaves = 50;
        int[] plain = new int[leaves];
        var counts = new CopyCounts();
        for (int peer = 0; peer < 40; peer++) {
            var has = new RoaringBitmap();
            for (int index = 0; index < leaves; index++) {
                if (random.nextInt(10) < 7) {
                    has.add(index);
                    plain[index]++;
                }
            }
            counts.add(has, leaves);
            int fewest = Arrays.stream(plain).min().orElseThrow();
            long soRare = Arrays.stream(plain).filter(copies -> copies == fewest).count();

            assertThat(counts.rarest(RoaringBitmap.bitmapOfRange(0, leaves)))
                    .isEqualTo(new CopyCounts.Rarest(fewest, soRare));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void copiesComeAndGoAsCountingOneByOneFinds(long seed) {
        var random = new SplittableRandom(seed);
        int leaves = 200_000;
        int[] plain = new int[leaves];
        var had = new RoaringBitmap[20];
        Arrays.setAll(had, _ -> new RoaringBitmap());
        var counts = new CopyCounts();
        for (int step = 0; step < 200; step++) {
            RoaringBitmap ofPeer = had[random.nextInt(had.length)];
            RoaringBitmap some = some(random, leaves);
            if (random.nextBoolean()) {
                some.andNot(ofPeer);
                counts.add(some, leaves);
                ofPeer.or(some);
                some.forEach((IntConsumer) leaf -> plain[leaf]++);
            } else {
                some.and(ofPeer);
                counts.subtract(some);
                ofPeer.andNot(some);
                some.forEach((IntConsumer) leaf -> plain[leaf]--);
            }
        }
        assertThat(counts.covered()).isEqualTo(Arrays.stream(plain).filter(copies -> copies > 0).count());
        for (int leaf = 0; leaf < leaves; leaf += 1 + random.nextInt(20)) {
            assertThat(counts.of(leaf)).as("leaf %d", leaf).isEqualTo(plain[leaf]);
        }
        var among = some(random, leaves);
        among.add(7);
        IntSummaryStatistics counted = among.stream().map(leaf -> plain[leaf]).summaryStatistics();
        assertThat(counts.sum(among)).isEqualTo(counted.getSum());
        assertThat(counts.most(among)).isEqualTo(counted.getMax());
        assertThat(counts.rarest(among).copies()).isEqualTo(counted.getMin());
    }

    /** A stretch, or some at random within it. */
    private static RoaringBitmap some(SplittableRandom random, int leaves) {
        int from = random.nextInt(leaves);
        int end = Math.min(leaves, from + 1 + random.nextInt(100_000));
        RoaringBitmap some = RoaringBitmap.bitmapOfRange(from, end);
        if (random.nextBoolean()) {
            int percent = random.nextInt(100);
            for (int leaf = from; leaf < end; leaf++) {
                if (random.nextInt(100) >= percent) {
                    some.remove(leaf);
                }
            }
        }
        return some;
    }

    @Test
    void takingACopyOfWhatHasNoneIsAFault() {
        var counts = new CopyCounts();
        counts.add(RoaringBitmap.bitmapOf(1, 2), 9);

        assertThatThrownBy(() -> counts.subtract(RoaringBitmap.bitmapOf(2, 3)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("3");
    }
}
