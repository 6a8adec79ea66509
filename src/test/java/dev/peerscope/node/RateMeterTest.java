package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateMeterTest {

    private final RateMeter meter = new RateMeter(100);

    @Test
    void aYoungMeterDividesByTheTimeThatItHas() {
        meter.add(100, 1_000);
        assertThat(meter.perSecond(100)).isEqualTo(1_000);
        assertThat(meter.perSecond(103)).isEqualTo(250);
    }

    @Test
    void onlyTheLastTenSecondsCount() {
        meter.add(100, 1_000_000);
        for (int second = 110; second < 120; second++) {
            meter.add(second, 500);
        }
        assertThat(meter.perSecond(119)).isEqualTo(500);
        assertThat(meter.perSecond(124)).isEqualTo(250);
        assertThat(meter.perSecond(1_000)).isZero();
    }

    @Test
    void aClockThatStepsBackAddsToThePresent() {
        meter.add(105, 600);
        meter.add(101, 600);

        assertThat(meter.perSecond(105)).isEqualTo(200);
    }
}
