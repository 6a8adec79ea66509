package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;

class ConfirmationTimesTest {

    private static final int BUCKET = 1 << ConfirmationTimes.LEAVES_BUCKET_BITS;

    private static final TreePresence.Changes UNHEARD = (_, _, _, _) -> {};

    private final TreePresence tree = TreePresence.ofLeaves();

    @Test
    void aBucketToldWholeIsConfirmedNow() {
        tell(1, 0, BUCKET);

        tell(5, 0, BUCKET);

        assertThat(tree.confirmedAt(0)).isEqualTo(at(5));
        assertThat(tree.confirmedAt(BUCKET - 1)).isEqualTo(at(5));
    }

    @Test
    void aBucketToldInPartKeepsItsTimeUntilTheRestIsToldToo() {
        tell(1, 0, BUCKET);

        tell(5, 0, 600);
        assertThat(tree.confirmedAt(0)).isEqualTo(at(1));
        tell(6, 600, BUCKET);

        assertThat(tree.confirmedAt(0)).as("the time of the first part").isEqualTo(at(5));
        assertThat(tree.confirmedAt(700)).isEqualTo(at(5));
    }

    @Test
    void neighbouringBucketsHaveTimesOfTheirOwn() {
        tell(1, 0, 3 * BUCKET);

        tell(5, BUCKET, 2 * BUCKET);

        assertThat(tree.confirmedAt(0)).isEqualTo(at(1));
        assertThat(tree.confirmedAt(BUCKET)).isEqualTo(at(5));
        assertThat(tree.confirmedAt(2 * BUCKET)).isEqualTo(at(1));
    }

    @Test
    void whatIsForgottenHoldsNothingBack() {
        tell(1, 0, 10);
        tree.forget(range(5, 10), UNHEARD);

        tell(5, 0, 5);

        assertThat(tree.confirmedAt(0)).isEqualTo(at(5));
    }

    @Test
    void timesAreRoundedDownToTenthsOfASecondSinceTheFirst() {
        tell(1, 0, BUCKET);

        var again = new ToldLeaves();
        again.tell(range(0, BUCKET), Claim.DENIED);
        tree.told(again, at(2).plusMillis(399), UNHEARD);

        assertThat(tree.confirmedAt(0)).isEqualTo(at(2).plusMillis(300));
    }

    @Test
    void whatIsToldAnewAfterAllWasClearedIsConfirmedThen() {
        tell(1, 0, BUCKET);
        tree.clear(UNHEARD);

        tell(5, 7, 9);

        assertThat(tree.confirmedAt(7)).isEqualTo(at(5));
    }

    @Test
    void singleBlocksHaveTimesOfTheirOwn() {
        TreePresence singles = TreePresence.ofSingles();
        for (int number = 0; number < 200; number++) {
            var told = new ToldLeaves();
            told.tell(range(number, number + 1), Claim.DENIED);
            singles.told(told, at(number), UNHEARD);
        }
        assertThat(singles.confirmedAt(0)).isEqualTo(at(0));
        assertThat(singles.confirmedAt(63)).isEqualTo(at(63));
        assertThat(singles.confirmedAt(199)).isEqualTo(at(199));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void itIsNeverLaterThanTheTruth(long seed) {
        var random = new SplittableRandom(seed);
        int leaves = 3 * BUCKET;
        long[] truth = new long[leaves];
        for (int second = 1; second < 300; second++) {
            int from = random.nextInt(leaves);
            int end = Math.min(leaves, from + 1 + random.nextInt(2 * BUCKET));
            if (random.nextInt(4) == 0) {
                tree.forget(range(from, end), UNHEARD);
                java.util.Arrays.fill(truth, from, end, 0);
            } else {
                Claim claim = random.nextBoolean() ? Claim.DENIED : Claim.have(dev.peerscope.block.Price.ZERO);
                tell(second, from, end, claim);
                java.util.Arrays.fill(truth, from, end, second);
            }
            for (int index = 0; index < leaves; index += 37) {
                if (truth[index] > 0) {
                    assertThat(tree.confirmedAt(index)).isBetween(at(1), at(truth[index]));
                }
            }
        }
    }

    private void tell(long second, int from, int end) {
        tell(second, from, end, Claim.DENIED);
    }

    private void tell(long second, int from, int end, Claim claim) {
        var told = new ToldLeaves();
        told.tell(range(from, end), claim);
        tree.told(told, at(second), UNHEARD);
    }

    private static RoaringBitmap range(int from, int end) {
        return RoaringBitmap.bitmapOfRange(from, end);
    }

    private static Instant at(long second) {
        return TestNode.START.plusSeconds(second);
    }
}
