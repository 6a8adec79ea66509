package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

/** What follows from how quickly a peer delivers. */
class PaceTest {

    private static final double MIN = Pace.DEADLINE_MIN.toMillis() / 1e3;
    private static final double MAX = Pace.DEADLINE_MAX.toMillis() / 1e3;

    private final Pace pace = new Pace(EngineSettings.DEFAULT);
    private Instant now = TestNode.START;

    @Test
    void theWindowDoublesWithEachRoundTripUpToTheSetting() {
        for (int open : new int[]{4, 8, 16, 32, 64, 128, 256, 512, 512}) {
            assertThat(pace.window()).isEqualTo(open);
            deliver(open, Duration.ofMillis(100));
        }
    }

    @Test
    void theWindowHoldsWhatThePeerDeliversInFiveSeconds() {
        for (int i = 0; i < 20; i++) {
            deliver(10, Duration.ofSeconds(1));
        }
        assertThat(pace.window()).isEqualTo(50);
    }

    @Test
    void howeverSlowAPeerIsTwoRequestsKeepItsLineBusy() {
        for (int i = 0; i < 20; i++) {
            deliver(1, Duration.ofSeconds(20));
        }
        assertThat(pace.window()).isEqualTo(2);
    }

    @Test
    void aRequestBehindOthersHasTheTimeThatTheyTakeAsWell() {
        for (int i = 0; i < 50; i++) {
            deliver(1, Duration.ofSeconds(1));
        }
        assertThat(pace.deadlineSeconds(9) - pace.deadlineSeconds(4)).isBetween(4.9, 5.1);
        assertThat(pace.expectedSeconds(9)).isBetween(9.0, 11.0);
    }

    @Test
    void aPeerThatDeliversInBurstsHasTimeForABurst() {
        for (int i = 0; i < 10; i++) {
            deliver(10, Duration.ofSeconds(7));
        }
        assertThat(pace.deadlineSeconds(0)).isGreaterThan(7);
    }

    @Test
    void aDeadlineIsNeverShorterOrLongerThanItsBounds() {
        assertThat(pace.deadlineSeconds(0)).isEqualTo(MIN);
        deliver(1, Duration.ofMillis(1));
        assertThat(pace.deadlineSeconds(0)).isEqualTo(MIN);
        deliver(1, Duration.ofHours(1));

        assertThat(pace.deadlineSeconds(500)).isEqualTo(MAX);
    }

    @Test
    void aDeadlineLeavesRoomForSeveralWithinTheTimeoutOfThePeer() {
        var impatient = new Pace(new EngineSettings(Duration.ofSeconds(1), 1, Duration.ofSeconds(1),
                Duration.ofSeconds(4), 1, 1, false));

        assertThat(impatient.deadlineSeconds(0)).isEqualTo(1);
    }

    @Test
    void eachRequestThatExpiresDoublesTheTimeOfTheNextUntilThePeerDelivers() {
        expire();
        assertThat(pace.window()).isEqualTo(1);
        assertThat(pace.deadlineSeconds(0)).isEqualTo(2 * MIN);
        expire();
        assertThat(pace.deadlineSeconds(0)).isEqualTo(4 * MIN);

        deliver(1, Duration.ofMillis(10));

        assertThat(pace.isOverdue()).isFalse();
        assertThat(pace.deadlineSeconds(0)).isEqualTo(MIN);
        assertThat(pace.window()).isEqualTo(2);
    }

    @Test
    void requestsThatWereOpenTogetherAndExpireOneAfterTheOtherDoubleItOnce() {
        Instant asked = now;
        pace.expired(asked, asked.plusSeconds(2));
        pace.expired(asked.plusMillis(10), asked.plusSeconds(3));

        assertThat(pace.deadlineSeconds(0)).isEqualTo(2 * MIN);
    }

    private void deliver(int blocks, Duration after) {
        pace.begins(now);
        double queue = pace.queueSeconds(0);
        now = now.plus(after);
        for (int i = 0; i < blocks; i++) {
            pace.took(after, queue);
        }
        pace.delivered(blocks, now);
    }

    private void expire() {
        Instant asked = now;
        now = now.plus(Pace.DEADLINE_MAX);
        pace.expired(asked, now);
    }
}
