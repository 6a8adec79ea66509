package dev.peerscope.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import dev.peerscope.RunningService;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.event.BlockOutcome;
import dev.peerscope.event.ClaimOutcome;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.PeerCounters;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.event.PresenceState;
import dev.peerscope.event.WantListChange;
import dev.peerscope.event.WantListReason;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.RefusalReason;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.PeerId;

/** With a service of its own, which has met thousands of peers in the end. */
@RunningService
@TestPropertySource(properties = "peerscope.data-directory=target/closed-series-data")
class ClosedSeriesTest {

    private static final int PEERS = 5_000;
    private static final int JOINS = 2_000;
    private static final int ERRORS = 400;
    private static final int AT_ONCE = 12;
    private static final int SERIES_MAX = 800;

    @LocalServerPort
    private int port;

    @Autowired
    private EventMeters events;

    @Autowired
    private CodexMeters codex;

    @Autowired
    private PresenceLifetimes lifetimes;

    @Autowired
    private ExchangeNode node;

    /** Ids, agents and CIDs over real sockets; and the errors that come with them, and with requests that make no sense. */
    @Test
    void thousandsOfPeersThatJoinAndFailDoNotGrowTheSetOfSeries() throws Exception {
        var before = Scrape.of(port);
        long seed = System.nanoTime();
        var address = node.addresses().getFirst();
        var failures = new ConcurrentLinkedQueue<Throwable>();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < JOINS; i++) {
                long peerSeed = seed + i;
                threads.execute(guarded(failures, () -> {
                    try (var peer = new RandomPeer(peerSeed)) {
                        peer.live(address);
                    }
                }));
            }
            for (int i = 0; i < ERRORS; i++) {
                long errorSeed = ~(seed + i);
                threads.execute(guarded(failures, () -> new RandomErrors(errorSeed, port, address).cause()));
            }
        }
        assertThat(failures).as("seed %d", seed).isEmpty();
        await().untilAsserted(() -> assertThat(Scrape.of(port).total("peerscope_peer_departures_total")
                - before.total("peerscope_peer_departures_total")).isEqualTo(JOINS));
        var after = Scrape.of(port);
        assertThat(after.series()).as("seed %d", seed).isEqualTo(before.series()).hasSizeLessThan(SERIES_MAX);
        assertThat(after.total("peerscope_peer_joins_total") - before.total("peerscope_peer_joins_total"))
                .isEqualTo(JOINS);
        assertThat(after.total("peerscope_limit_met_total") - before.total("peerscope_limit_met_total"))
                .as("of the peers that departed and the connections that were refused most are forgotten").isPositive();
        assertThat(node.directory().refused()).hasSizeGreaterThanOrEqualTo(100)
                .hasSizeLessThan(100 + 20 * RefusalReason.values().length);
        assertThat(after.total("peerscope_connections_refused_total")
                - before.total("peerscope_connections_refused_total")).isGreaterThanOrEqualTo(ERRORS);
        assertThat(node.directory().departed().stream().flatMap(peer -> peer.agent().stream()).distinct())
                .as("agents that were heard").hasSizeGreaterThan(100);
    }

    @Test
    void theEventsOfThousandsOfRandomPeersDoNotGrowTheSetOfSeries() {
        var before = Scrape.of(port);
        var openBefore = lifetimes.open();
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < PEERS; i++) {
            for (var event : lifeOf(random)) {
                events.accept(event);
                codex.accept(event);
                lifetimes.accept(event);
            }
        }
        var after = Scrape.of(port);
        assertThat(after.series()).as("seed %d", seed).isEqualTo(before.series()).hasSizeLessThan(SERIES_MAX);
        assertThat(after.total("peerscope_peer_joins_total") - before.total("peerscope_peer_joins_total"))
                .isEqualTo(PEERS);
        assertThat(lifetimes.open()).isEqualTo(openBefore);
    }

    private static Runnable guarded(Queue<Throwable> failures, Callable work) {
        return () -> {
            try {
                work.call();
            } catch (Exception e) {
                failures.add(e);
            }
        };
    }

    /** Work that may fail. */
    private interface Callable {
        void call() throws Exception;
    }

    private static List<ExchangeEvent> lifeOf(Random random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        var peer = PeerId.ofPublicKey(bytes);
        var tree = Cid.v1(CodexCodec.ROOT, Multihash.sha256(bytes));
        var blocks = new BlockSet.Leaves(tree, BlockRanges.of(0, random.nextInt(1_000)));
        var at = Instant.ofEpochSecond(random.nextInt());
        var reason = any(random, DepartureReason.values());
        var wantListChange = any(random, WantListChange.values());
        var wantListReasons = WantListMeters.reasonsOf(wantListChange).toArray(WantListReason[]::new);
        return List.of(new ExchangeEvent.PeerJoined(at, peer, any(random, Direction.values())),
                new ExchangeEvent.PresenceTold(at, peer, 1, 2, 3, 4),
                new ExchangeEvent.PresenceChanged(at, peer, PresenceChange.ADDED, PresenceReason.ANNOUNCED, blocks,
                        Optional.of(Price.of(random.nextInt(100))), Optional.empty(), PresenceState.UNKNOWN),
                new ExchangeEvent.PresenceChanged(at, peer, PresenceChange.REPRICED, PresenceReason.PRICE_CHANGED,
                        blocks, Optional.of(Price.of(random.nextInt(100))), Optional.of(Price.of(50)),
                        PresenceState.HAVE),
                new ExchangeEvent.WantListChanged(at, peer, wantListChange, any(random, wantListReasons),
                        blocks.addresses().toList()),
                new ExchangeEvent.BlocksReceived(at, peer, any(random, BlockOutcome.values()), 1, 1_024),
                new ExchangeEvent.BlocksDelivered(at, peer, 1, 1_024),
                new ExchangeEvent.BlockRetrieved(at, peer, blocks.addresses().findFirst().orElseThrow(),
                        Duration.ofMillis(random.nextInt(10_000))),
                new ExchangeEvent.ClaimsSettled(at, peer, any(random, ClaimOutcome.values()), 1),
                new ExchangeEvent.PresenceChanged(at, peer, PresenceChange.REMOVED, reason.presenceReason(), blocks,
                        Optional.empty(), Optional.of(Price.ZERO), PresenceState.HAVE),
                new ExchangeEvent.PeerLeft(at.plusSeconds(random.nextInt(100_000)), peer, Direction.INBOUND, reason, at,
                        Optional.empty(), PeerCounters.NONE));
    }

    private static <E> E any(Random random, E[] values) {
        return values[random.nextInt(values.length)];
    }
}
