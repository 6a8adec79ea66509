package dev.peerscope.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import dev.peerscope.Patience;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.engine.EngineSettings;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEvent.BlockRetrieved;
import dev.peerscope.event.ExchangeEvent.PeerJoined;
import dev.peerscope.event.ExchangeEvent.PeerLeft;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.ExchangeEventSink;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.node.DialAddresses;
import dev.peerscope.node.DownloadState;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.NodeSettings;
import dev.peerscope.node.WantedContent;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.store.MemoryBlockStore;
import dev.peerscope.transport.HostSettings;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;

/** Two nodes in processes of their own, one of which is killed while it delivers. */
class TwoProcessesIT {

    private static final int BLOCKS = 1_000;
    private static final int KILLED_AFTER = 300;
    private static final Duration PATIENCE = Patience.LONG;
    /** Few requests at once, so that many deliveries are still to come when the other process is killed. */
    private static final EngineSettings STEP_BY_STEP = new EngineSettings(Duration.ofSeconds(1), 10_000,
            PATIENCE, PATIENCE, 20, 3_000, false);

    private final List<ExchangeEvent> events = new CopyOnWriteArrayList<>();

    @Test
    void aPeerKilledBetweenTwoDeliveriesIsSeenAsDepartedAndIsKnownAgainWhenItComesBack(@TempDir Path folder)
            throws Exception {
        var key = folder.resolve("serving.key");
        try (var first = ServingProcess.start(key, "/ip4/127.0.0.1/tcp/0", BLOCKS, 42)) {
            var retrieved = new AtomicInteger();
            try (var node = node(first, event -> {
                events.add(event);
                if (event instanceof BlockRetrieved && retrieved.incrementAndGet() == KILLED_AFTER) {
                    first.kill();
                }
            })) {
                node.start();
                node.watches().create(new WantedContent.OfTree(first.treeCid(), BLOCKS));
                var download = node.downloads().create(new WantedContent.OfTree(first.treeCid(), BLOCKS));

                // The directory hears of it last.
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(node.directory().departed()).hasSize(1));
                var left = events(PeerLeft.class).getFirst();
                assertThat(left.reason()).isIn(DepartureReason.CONNECTION_LOST, DepartureReason.PEER_CLOSED);
                assertThat(left.counters().blocksReceived()).isBetween((long) KILLED_AFTER, BLOCKS - 1L);
                assertThat(node.directory().departed().getFirst().reason()).isEqualTo(left.reason());
                assertThat(blocksOf(PresenceChange.ADDED)).isEqualTo(BLOCKS);
                assertThat(events(PresenceChanged.class)).last().satisfies(change -> {
                    assertThat(change.change()).isEqualTo(PresenceChange.REMOVED);
                    assertThat(change.reason()).isEqualTo(PresenceReason.PEER_DEPARTED);
                    assertThat(change.blocks().count()).isEqualTo(BLOCKS);
                });
                assertThat(node.downloads().find(download.id()).orElseThrow().state())
                        .isEqualTo(DownloadState.RUNNING);
                try (var second = ServingProcess.start(key, first.address().address().toString(), BLOCKS, 42)) {
                    assertThat(second.address()).isEqualTo(first.address());
                    await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            node.downloads().find(download.id()).orElseThrow().state()).isEqualTo(DownloadState.DONE));
                    assertThat(events(PeerJoined.class)).hasSize(2);
                    await().atMost(PATIENCE).untilAsserted(
                            () -> assertThat(blocksOf(PresenceChange.ADDED)).isEqualTo(2 * BLOCKS));
                    assertThatEveryBlockIsHeld(node, first);
                }
            }
        }
    }

    private static ExchangeNode node(ServingProcess other, ExchangeEventSink sink) {
        var settings = NodeSettings.of(HostSettings.listeningOn(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")))
                .withEngine(STEP_BY_STEP).withKeepConnected(List.of(DialAddresses.of(other.address())));
        return new ExchangeNode(settings, IdentityKey.generate(KeyType.SECP256K1), new MemoryBlockStore(),
                List.of(sink), InstantSource.system());
    }

    private static void assertThatEveryBlockIsHeld(ExchangeNode node, ServingProcess other) {
        for (int index = 0; index < BLOCKS; index++) {
            var address = new BlockAddress.Leaf(other.treeCid(), index);
            var stored = node.store().get(address).orElseThrow();
            assertThat(stored.block().matches()).isTrue();
            assertThat(stored.proof().orElseThrow().proves(address, stored.block().cid())).isTrue();
        }
    }

    private long blocksOf(PresenceChange change) {
        return events(PresenceChanged.class).stream().filter(one -> one.change() == change)
                .mapToLong(one -> one.blocks().count()).sum();
    }

    private <T extends ExchangeEvent> List<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
