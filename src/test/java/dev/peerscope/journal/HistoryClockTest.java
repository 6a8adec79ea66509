package dev.peerscope.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class HistoryClockTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration FORTY_DAYS = Duration.ofDays(40);

    private final TestClock clock = new TestClock(NOON);
    private final HistoryClock history = clock.history();

    @Test
    void aClockThatGoesOnWhereTheHistoryEndedIsBelieved() {
        history.begin(Optional.of(NOON.minus(Duration.ofHours(24))));

        assertThat(history.read()).isEqualTo(new HistoryTime(NOON, NOON, 0, false));
        assertThat(history.jump()).isEmpty();
    }

    @Test
    void aHistoryInWhichNothingIsKeptHasNothingToLose() {
        history.begin(Optional.empty());

        assertThat(history.read().inDoubt()).isFalse();
    }

    @Test
    void aClockThatIsMoreThanADayAheadAtTheStartIsInDoubtAndTimeGoesOnFromWhereTheHistoryEnded(CapturedOutput output) {
        history.begin(Optional.of(NOON.minus(FORTY_DAYS)));
        clock.advance(Duration.ofHours(3));

        var time = history.read();

        assertThat(time.inDoubt()).isTrue();
        assertThat(time.aliveAt()).isEqualTo(NOON.minus(FORTY_DAYS).plus(Duration.ofHours(3)));
        assertThat(time.now()).isEqualTo(time.aliveAt());
        assertThat(history.jump().orElseThrow().ahead()).isEqualTo(FORTY_DAYS);
        assertThat(output).contains("WARN", "the clock has jumped", "POST /api/v1/history/accept-clock",
                "clock=2026-11-28T12:00:00Z", "expected=2026-10-19T12:00:00Z", "ahead=PT960H");
        assertThat(output.getOut().split("the clock has jumped", -1)).as("said once").hasSize(2);
    }

    @Test
    void onceItIsConfirmedItIsBelieved() {
        history.begin(Optional.of(NOON.minus(FORTY_DAYS)));

        history.accept();

        assertThat(history.read()).isEqualTo(new HistoryTime(NOON, NOON, 0, false));
        assertThat(history.jump()).isEmpty();
    }

    @Test
    void onceItIsBackItIsBelieved(CapturedOutput output) {
        clock.jump(FORTY_DAYS);
        assertThat(history.read().inDoubt()).isTrue();
        clock.advance(Duration.ofDays(3));
        assertThat(history.read().inDoubt()).isTrue();

        clock.jump(FORTY_DAYS.negated());

        assertThat(history.read().inDoubt()).isFalse();
        assertThat(history.read().aliveAt()).isEqualTo(NOON.plus(Duration.ofDays(3)));
        assertThat(output).contains("the clock is back or confirmed");
    }

    @Test
    void aClockThatGoesBackIsInDoubtAndMakesNothingOlder() {
        clock.advance(Duration.ofHours(1));
        history.read();

        clock.jump(FORTY_DAYS.negated());

        assertThat(history.read().inDoubt()).isTrue();
        assertThat(history.read().now()).isEqualTo(clock.instant());
        assertThat(history.read().aliveAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        history.accept();
        assertThat(history.read().aliveAt()).isEqualTo(clock.instant());
    }

    /** Its other clock stands still meanwhile. */
    @Test
    void aMachineThatSleepsForANightEachNightHasNotJumped() {
        for (int night = 0; night < 10; night++) {
            clock.advance(Duration.ofHours(14));
            history.read();
            clock.jump(Duration.ofHours(10));

            assertThat(history.read().inDoubt()).isFalse();
        }
        assertThat(history.read().now()).isEqualTo(clock.instant());
    }
}
