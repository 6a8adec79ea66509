package dev.peerscope.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.PeerCounters;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.event.PresenceState;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.PeerId;

class PresenceLifetimesTest {

    private static final PeerId ALICE = peer("alice");
    private static final PeerId BOB = peer("bob");
    private static final Cid TREE = cid("tree");
    private static final BlockSet SINGLE = new BlockSet.Single(cid("single"));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LimitRegister tally = new LimitRegister();
    private Instant now = Instant.EPOCH;
    private PresenceLifetimes lifetimes = new PresenceLifetimes(registry, tally, () -> now,
            PresenceLifetimes.INTERVALS_MAX, PresenceLifetimes.PEER_INTERVALS_MAX);

    @Test
    void aMillionBlocksThatBeganAndEndedTogetherCountOnce() {
        added(ALICE, leaves("0-999999"));

        after(90);
        removed(ALICE, leaves("0-999999"), PresenceReason.NOT_CONFIRMED);

        assertMeasured(PresenceReason.NOT_CONFIRMED, 1, 90);
        assertThat(lifetimes.open()).isZero();
    }

    @Test
    void blocksThatBeganAtDifferentTimesCountForEachTime() {
        added(ALICE, leaves("0-9"));
        after(60);
        added(ALICE, leaves("10-19,40"));

        after(30);
        removed(ALICE, leaves("5-40"), PresenceReason.RELEASED);

        assertMeasured(PresenceReason.RELEASED, 2, 90 + 30);
    }

    @Test
    void whatIsStillHadGoesOnWithItsTime() {
        added(ALICE, leaves("0-9"));
        after(10);
        denied(ALICE, leaves("3-5"), PresenceState.HAVE);

        after(10);
        removed(ALICE, leaves("0-2,6-9"), PresenceReason.DELIVERED);

        assertMeasured(PresenceReason.DONT_HAVE_RECEIVED, 1, 10);
        assertMeasured(PresenceReason.DELIVERED, 1, 20);
    }

    @Test
    void aNewPriceDoesNotBeginAnew() {
        added(ALICE, leaves("0-9"));
        after(10);
        lifetimes.accept(new PresenceChanged(now, ALICE, PresenceChange.REPRICED, PresenceReason.PRICE_CHANGED,
                leaves("0-9"), Optional.of(Price.of(7)), Optional.of(Price.ZERO), PresenceState.HAVE));

        after(10);
        removed(ALICE, leaves("0-9"), PresenceReason.OPERATOR);

        assertMeasured(PresenceReason.OPERATOR, 1, 20);
    }

    @Test
    void aDenialOfWhatWasUnknownIsNoEndAndTheEndOfADenialNeither() {
        denied(ALICE, leaves("0-9"), PresenceState.UNKNOWN);
        after(10);
        lifetimes.accept(new PresenceChanged(now, ALICE, PresenceChange.UNDENIED, PresenceReason.RELEASED,
                leaves("0-9"), Optional.empty(), Optional.empty(), PresenceState.DONT_HAVE));

        assertThat(measured()).isZero();
    }

    @Test
    void singleBlocksAreMeasuredAndPeersAreKeptApart() {
        added(ALICE, SINGLE);
        after(10);
        added(BOB, SINGLE);

        after(10);
        removed(ALICE, SINGLE, PresenceReason.NOT_CONFIRMED);
        after(10);
        removed(BOB, SINGLE, PresenceReason.PEER_TIMEOUT);

        assertMeasured(PresenceReason.NOT_CONFIRMED, 1, 20);
        assertMeasured(PresenceReason.PEER_TIMEOUT, 1, 20);
    }

    @Test
    void leavesToldOneMessageAfterTheOtherAreOneRange() {
        added(ALICE, leaves("0-1023"));
        now = now.plusMillis(300);
        added(ALICE, leaves("1024-2047"));

        assertThat(lifetimes.open()).isEqualTo(1);
    }

    @Test
    void aPeerThatLeftLeavesNothingBehind() {
        added(ALICE, leaves("0-9,20-29"));
        added(ALICE, SINGLE);
        added(BOB, SINGLE);

        leaves(ALICE);

        assertThat(lifetimes.open()).isEqualTo(1);
        assertThat(measured()).isZero();
    }

    @Test
    void aNodeThatStopsMeasuresNothing() {
        added(ALICE, leaves("0-9"));

        after(10);
        removed(ALICE, leaves("0-9"), PresenceReason.NODE_STOPPED);

        assertThat(measured()).isZero();
        assertThat(lifetimes.open()).isZero();
    }

    @Test
    void beyondTheBoundOfAPeerItsBlocksAreNotMeasuredAndCounted() {
        lifetimes = new PresenceLifetimes(registry, tally, () -> now, 100, 2);

        added(ALICE, leaves("0,2,4-9"));
        added(ALICE, SINGLE);
        added(BOB, leaves("0"));
        after(10);
        removed(ALICE, leaves("4-9"), PresenceReason.NOT_CONFIRMED);
        removed(BOB, leaves("0"), PresenceReason.NOT_CONFIRMED);

        assertThat(unmeasured()).isEqualTo(6 + 1);
        assertMeasured(PresenceReason.NOT_CONFIRMED, 1, 10);
    }

    @Test
    void aRangeThatFallsInTwoLosesItsEndWhenThereIsNoRoom() {
        lifetimes = new PresenceLifetimes(registry, tally, () -> now, 1, 1);
        added(ALICE, leaves("0-9"));

        removed(ALICE, leaves("5"), PresenceReason.DELIVERED);

        assertThat(unmeasured()).isEqualTo(4);
        assertThat(lifetimes.open()).isEqualTo(1);
        assertThat(tally.use(LimitName.PRESENCE_LIFETIMES).setting()).isEqualTo(1);
        assertThat(tally.use(LimitName.PRESENCE_LIFETIMES).used()).isEqualTo(1);
    }

    @Test
    void roomIsThereAgainWhenPeersLeave() {
        lifetimes = new PresenceLifetimes(registry, tally, () -> now, 2, 2);
        added(ALICE, leaves("0,2"));
        added(BOB, leaves("0"));
        leaves(ALICE);

        added(BOB, leaves("2,4"));

        assertThat(unmeasured()).isEqualTo(1);
        assertThat(lifetimes.open()).isEqualTo(2);
    }

    @Test
    void rangesMeasureWhatBlockByBlockWould() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        Map<Long, Instant> had = new TreeMap<>();
        long expectedCount = 0;
        long expectedSeconds = 0;
        for (int step = 0; step < 2_000; step++) {
            after(2 + random.nextInt(10));
            boolean adds = random.nextBoolean();
            var some = random.longs(1 + random.nextInt(20), 0, 60).boxed()
                    .filter(index -> adds != had.containsKey(index)).collect(Collectors.toSet());
            if (some.isEmpty()) {
                continue;
            }
            if (adds) {
                added(ALICE, leavesOf(some));
                some.forEach(index -> had.put(index, now));
            } else {
                removed(ALICE, leavesOf(some), PresenceReason.NOT_CONFIRMED);
                Set<Instant> begun = new HashSet<>();
                some.forEach(index -> begun.add(had.remove(index)));
                expectedCount += begun.size();
                expectedSeconds += begun.stream().mapToLong(at -> Duration.between(at, now).toSeconds()).sum();
            }
            assertThat(lifetimes.open()).as("seed %d", seed).isLessThanOrEqualTo(had.size());
        }
        var timer = timer(PresenceReason.NOT_CONFIRMED);
        assertThat(timer.count()).as("seed %d", seed).isEqualTo(expectedCount);
        assertThat(timer.totalTime(TimeUnit.SECONDS)).as("seed %d", seed).isEqualTo(expectedSeconds);
        assertThat(unmeasured()).as("seed %d", seed).isZero();
    }

    private void after(long seconds) {
        now = now.plusSeconds(seconds);
    }

    private void added(PeerId peer, BlockSet blocks) {
        lifetimes.accept(new PresenceChanged(now, peer, PresenceChange.ADDED, PresenceReason.ANNOUNCED, blocks,
                Optional.of(Price.ZERO), Optional.empty(), PresenceState.UNKNOWN));
    }

    private void removed(PeerId peer, BlockSet blocks, PresenceReason reason) {
        lifetimes.accept(new PresenceChanged(now, peer, PresenceChange.REMOVED, reason, blocks, Optional.empty(),
                Optional.of(Price.ZERO), PresenceState.HAVE));
    }

    private void denied(PeerId peer, BlockSet blocks, PresenceState before) {
        lifetimes.accept(new PresenceChanged(now, peer, PresenceChange.DENIED, PresenceReason.DONT_HAVE_RECEIVED,
                blocks, Optional.empty(), Optional.of(Price.ZERO).filter(_ -> before == PresenceState.HAVE), before));
    }

    private void leaves(PeerId peer) {
        lifetimes.accept(new ExchangeEvent.PeerLeft(now, peer, Direction.INBOUND, DepartureReason.PEER_CLOSED,
                Instant.EPOCH, Optional.empty(), PeerCounters.NONE));
    }

    private void assertMeasured(PresenceReason reason, long count, long seconds) {
        assertThat(timer(reason).count()).isEqualTo(count);
        assertThat(timer(reason).totalTime(TimeUnit.SECONDS)).isEqualTo(seconds);
    }

    private Timer timer(PresenceReason reason) {
        return registry.get("peerscope.presence.lifetime").tag("reason", reason.text()).timer();
    }

    private long measured() {
        return registry.get("peerscope.presence.lifetime").timers().stream().mapToLong(Timer::count).sum();
    }

    private long unmeasured() {
        return tally.use(LimitName.PRESENCE_LIFETIMES).met();
    }

    private static BlockSet leaves(String ranges) {
        return new BlockSet.Leaves(TREE, BlockRanges.parse(ranges));
    }

    private static BlockSet leavesOf(Set<Long> indices) {
        var ranges = BlockRanges.builder();
        indices.forEach(ranges::add);
        return new BlockSet.Leaves(TREE, ranges.build());
    }

    private static PeerId peer(String name) {
        return PeerId.ofPublicKey(bytes(name));
    }

    private static Cid cid(String name) {
        return Cid.v1(CodexCodec.ROOT, Multihash.sha256(bytes(name)));
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
