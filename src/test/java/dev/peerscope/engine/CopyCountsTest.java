package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
            counts.add(has);
            int fewest = Arrays.stream(plain).min().orElseThrow();
            long soRare = Arrays.stream(plain).filter(copies -> copies == fewest).count();

            assertThat(counts.rarest(RoaringBitmap.bitmapOfRange(0, leaves)))
                    .isEqualTo(new CopyCounts.Rarest(fewest, soRare));
        }
    }
}
