package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.engine.SwarmSimulation.Manner;
import dev.peerscope.event.ClaimOutcome;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEvent.ClaimsSettled;

/**
 * Holders that drip, stay silent, lie or stop cost a download next to nothing while somebody else has its blocks. In virtual time, with all
 * invariants checked after each step; that requests keep to the window of their peer is one of them.
 */
class BadHoldersTest {

    private static final int BLOCKS = 300;
    private static final Duration PATIENCE = Duration.ofHours(1);
    /** What is asked of two bad peers one after the other, and then of a good one. */
    private static final Duration TWO_DEADLINES = Pace.DEADLINE_MIN.multipliedBy(2);

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aDownloadTakesHardlyLongerThanItsHonestHolderTakesAlone(long seed) {
        var random = new SplittableRandom(seed);
        Manner honest = Manner.honest(20 + random.nextInt(200));
        Duration alone = aloneWith(honest, BLOCKS).run(PATIENCE);
        var swarm = simulation(seed, BLOCKS);
        for (int bad = 1 + random.nextInt(8); bad > 0; bad--) {
            swarm.joins(Duration.ofMillis(random.nextInt(500)), anything(random));
        }
        Duration joined = Duration.ofMillis(random.nextInt(3_000));
        swarm.joins(joined, honest);

        Duration took = swarm.run(PATIENCE);

        assertThat(took.minus(joined)).as("seed %d, alone it takes %s", seed, alone)
                .isLessThan(alone.plus(TWO_DEADLINES));
        assertThat(swarm.node().reader().counts().blocksHeld()).isEqualTo(BLOCKS);
        assertThat(swarm.node().allEvents()).noneMatch(ExchangeEvent.FetchFailed.class::isInstance);
    }

    private static Manner anything(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> Manner.dripping(Duration.ofMillis(500 + random.nextInt(20_000)));
            case 1 -> Manner.silent();
            case 2 -> Manner.lying();
            case 3 -> Manner.honest(0.5 + random.nextInt(5));
            default -> Manner.stopping(1 + random.nextInt(100), random.nextInt(40));
        };
    }

    @Test
    void oneDrippingOneSilentAndOneLyingPeerDoNotHoldUpAnHonestOne() {
        Manner honest = Manner.honest(100);
        Duration alone = aloneWith(honest, BLOCKS).run(PATIENCE);
        var swarm = simulation(1, BLOCKS);
        swarm.joins(Duration.ZERO, Manner.dripping(Duration.ofSeconds(20)));
        swarm.joins(Duration.ZERO, Manner.silent());
        swarm.joins(Duration.ZERO, Manner.lying());
        swarm.joins(Duration.ZERO, honest);

        assertThat(swarm.run(PATIENCE)).isLessThan(alone.plus(TWO_DEADLINES));
    }

    @ParameterizedTest
    @ValueSource(doubles = {100, 2})
    void fiftySilentPeersDoNotHoldUpAnHonestOne(double blocksPerSecond) {
        Manner honest = Manner.honest(blocksPerSecond);
        Duration alone = aloneWith(honest, BLOCKS).run(PATIENCE);
        var swarm = simulation(1, BLOCKS);
        for (int i = 0; i < 50; i++) {
            swarm.joins(Duration.ZERO, Manner.silent());
        }
        swarm.joins(Duration.ZERO, honest);

        assertThat(swarm.run(PATIENCE)).isLessThan(alone.plus(TWO_DEADLINES));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 1.5, 10})
    void aSlowHolderThatNobodyCanReplaceIsLeftAlone(double blocksPerSecond) {
        int blocks = 60;
        var swarm = aloneWith(Manner.honest(blocksPerSecond), blocks);

        Duration took = swarm.run(PATIENCE);

        assertThat(swarm.cancelledAt()).isEmpty();
        assertThat(swarm.requestsMade()).isEqualTo(blocks);
        assertThat(took.toMillis()).isLessThan((long) (1_200 * blocks / blocksPerSecond));
        assertThat(swarm.node().allEvents()).noneMatch(
                event -> event instanceof ClaimsSettled settled && settled.outcome() != ClaimOutcome.DELIVERED);
    }

    @Test
    void equalHoldersShareTheWorkAndDoubleLittleOfIt() {
        Manner honest = Manner.honest(100);
        Duration alone = aloneWith(honest, BLOCKS).run(PATIENCE);
        var swarm = simulation(1, BLOCKS);
        swarm.joins(Duration.ZERO, honest);
        swarm.joins(Duration.ZERO, honest);

        assertThat(swarm.run(PATIENCE)).isLessThan(alone.multipliedBy(6).dividedBy(10));
        assertThat(swarm.requestsMade()).isLessThan(BLOCKS * 11 / 10);
    }

    private static SwarmSimulation aloneWith(Manner manner, int blocks) {
        var swarm = simulation(1, blocks);
        swarm.joins(Duration.ZERO, manner);
        return swarm;
    }

    private static SwarmSimulation simulation(long seed, int blocks) {
        return new SwarmSimulation(EngineSettings.DEFAULT, seed, blocks);
    }
}
