package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;

import org.junit.jupiter.api.Test;
import dev.peerscope.node.ReadingWatch.Queue;

/** Virtual seconds, one look in each. */
class ReadingWatchTest {

    private static final long FOR_EVER = 1_000;
    private static final long KIB = 1_024;

    private final ReadingWatch watch = new ReadingWatch(new ReadingRule(Duration.ofSeconds(10), KIB));

    @Test
    void aPeerThatReadsNothingIsDroppedAfterTheTime() {
        assertThat(secondOfDrop(100 * KIB, second -> 0, second -> false)).isEqualTo(10);
    }

    @Test
    void aPeerThatReadsAByteASecondIsDroppedAfterTheTime() {
        assertThat(secondOfDrop(100 * KIB, second -> second, second -> false)).isEqualTo(10);
    }

    @Test
    void aPeerThatReadsAsFastAsTheRuleWantsStays() {
        assertThat(secondOfDrop(10_000 * KIB, second -> second * KIB, second -> false)).isEqualTo(FOR_EVER);
    }

    @Test
    void aPeerThatReadsInBurstsStaysIfTheyAreEnough() {
        assertThat(secondOfDrop(10_000 * KIB, second -> second / 9 * 10 * KIB, second -> false)).isEqualTo(FOR_EVER);
        assertThat(secondOfDrop(10_000 * KIB, second -> second / 9 * 9 * KIB, second -> false)).isLessThan(FOR_EVER);
    }

    @Test
    void aPeerFromWhichSomethingArrivesMayBeSlow() {
        assertThat(secondOfDrop(100 * KIB, second -> 0, second -> second % 9 == 0)).isEqualTo(FOR_EVER);
        assertThat(secondOfDrop(100 * KIB, second -> 0, second -> second == 30)).as("too late").isEqualTo(10);
    }

    @Test
    void aPeerThatWasHeardOnceIsDroppedWhenTheTimeHasPassedSinceThen() {
        assertThat(secondOfDrop(100 * KIB, second -> 0, second -> second == 7)).isEqualTo(17);
    }

    @Test
    void aPeerThatTakesTheLittleThatWaitsIsNotHeldToARate() {
        // Fifty bytes come each second and are taken in the next; a look never finds the queue empty.
        for (long second = 0; second < 100; second++) {
            assertThat(look(second, 50, second * 50, false)).isEmpty();
        }
    }

    @Test
    void aLittleThatIsNotTakenEndsThePeerAsMuchDoes() {
        assertThat(secondOfDrop(50, second -> 0, second -> false)).isEqualTo(10);
    }

    @Test
    void aPeerForWhichNothingWaitsNeedNotRead() {
        assertThat(secondOfDrop(0, second -> 0, second -> false)).isEqualTo(FOR_EVER);
    }

    @Test
    void theTimeRunsFromWhenSomethingBeganToWait() {
        for (long second = 0; second < 100; second++) {
            assertThat(look(second, 0, 0, false)).isEmpty();
        }
        for (long second = 100; second < 110; second++) {
            assertThat(look(second, 500, 0, false)).isEmpty();
        }
        assertThat(look(110, 500, 0, false)).isPresent();
    }

    @Test
    void timeInWhichNobodyLookedIsNotHeldAgainstAPeer() {
        look(0, 500, 0, false);
        look(1, 500, 0, false);
        assertThat(look(100, 500, 0, false)).isEmpty();
        assertThat(look(101, 500, 0, false)).isEmpty();
    }

    @Test
    void theSentenceSaysWhatWaitsAndWhatWasTaken() {
        for (long second = 0; second < 10; second++) {
            look(second, 5_000 - second, second, false);
        }
        assertThat(look(10, 4_990, 10, false)).contains(
                "4990 bytes wait for it, of which it took 10 in 10000 ms, and nothing arrived from it");
    }

    /** A queue is filled at second 0, and the peer has taken so much of it by each second. */
    private long secondOfDrop(long filled, LongUnaryOperator taken, LongPredicate heard) {
        var fresh = new ReadingWatch(new ReadingRule(Duration.ofSeconds(10), KIB));
        for (long second = 0; second < FOR_EVER; second++) {
            long so = Math.min(filled, taken.applyAsLong(second));
            if (fresh.look(nanos(second), new Queue(filled - so, so), heard.test(second)).isPresent()) {
                return second;
            }
        }
        return FOR_EVER;
    }

    private Optional<String> look(long second, long length, long taken, boolean heard) {
        return watch.look(nanos(second), new Queue(length, taken), heard);
    }

    private static long nanos(long second) {
        return Duration.ofSeconds(second).toNanos();
    }
}
