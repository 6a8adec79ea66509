package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import dev.peerscope.Patience;
import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.engine.EngineLimits;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent.LimitMet;
import dev.peerscope.event.ExchangeEvent.PeerJoined;
import dev.peerscope.event.ExchangeEvent.PeerLeft;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitUse;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.node.TestNodes.TestNode;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.store.BlockStoreFull;
import dev.peerscope.transport.ConnectionBounds;
import dev.peerscope.transport.HostSettings;
import dev.peerscope.view.NodeViews;
import dev.peerscope.wire.WireLimits;

/** Bounds of the node as peers and users meet them, and how they are told. */
class NodeLimitsTest {

    private static final Duration PATIENCE = Patience.LONG;
    private static final Set<LimitName> ONE_PEER = EnumSet.of(LimitName.PEERS, LimitName.CONNECTIONS,
            LimitName.PEER_CONNECTIONS);
    private static final WireLimits TEN = new WireLimits(100_000, 10, 10, 10, 256, 1_000, 4_096, 1_000, 10);

    private final TestNodes nodes = new TestNodes();
    private final TestNode alice = nodes.start(settings -> settings.withWire(TEN));
    private final RawPeer mallory = new RawPeer();

    @AfterEach
    void close() {
        mallory.close();
        nodes.close();
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of(LimitName.MESSAGE_WANT_LIST, ExchangeMessage.of(new WantList(
                        addresses(11).map(WantListEntry::wantHave).toList(), false))),
                Arguments.of(LimitName.MESSAGE_PRESENCES, ExchangeMessage.ofPresences(addresses(11)
                        .map(address -> BlockPresence.have(new BlockSet.Single(address.cid()), Price.ZERO)).toList())),
                Arguments.of(LimitName.MESSAGE_DELIVERIES,
                        ExchangeMessage.ofDeliveries(IntStream.range(0, 11).mapToObj(i -> delivery(i + 1)).toList())),
                Arguments.of(LimitName.BLOCK_LENGTH, ExchangeMessage.ofDeliveries(List.of(delivery(1_001)))),
                Arguments.of(LimitName.MESSAGE_LENGTH, ExchangeMessage.ofDeliveries(List.of(delivery(100_000)))));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageOverABoundCostsItsPeerTheConnectionAndIsCounted(LimitName limit, ExchangeMessage message)
            throws Exception {
        var stream = mallory.open(mallory.dial(alice));

        RawPeer.say(stream, message);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(alice.events(PeerLeft.class)).singleElement()
                .extracting(PeerLeft::reason).isEqualTo(DepartureReason.PROTOCOL_VIOLATION));
        assertThat(alice.events(LimitMet.class)).singleElement().satisfies(met -> {
            assertThat(met.limit()).isEqualTo(limit);
            assertThat(met.peer()).contains(mallory.peerId());
        });
    }

    @Test
    void aDialOverOurOwnBoundFailsForThatBound() throws Exception {
        var small = nodes.start(settings -> settings.withHost(withConnections(settings.host(), 1, 1)));
        small.connectTo(alice);

        assertThatThrownBy(() -> small.connectTo(nodes.start())).cause().isInstanceOfSatisfying(
                LimitMetException.class, met -> assertThat(met.limit()).isEqualTo(LimitName.CONNECTIONS));
    }

    @Test
    void aConnectionMoreThanMayBeIsRefusedAndCounted() throws Exception {
        var small = nodes.start(settings -> settings.withHost(withConnections(settings.host(), 3, 1)));
        mallory.dial(small);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(small.events(PeerJoined.class)).hasSize(1));
        assertThatThrownBy(() -> mallory.dial(small).openStream(RawPeer.PROTOCOL).get());
        var found = small.node().connect(new PeerAddress(alice.node().addresses().getFirst(),
                Optional.of(mallory.peerId())));
        assertThat(found.get().already()).as("whom the operator has dialled makes room for nobody").isTrue();
        small.connectTo(alice);
        small.connectTo(nodes.start());

        assertThatThrownBy(() -> nodes.start().connectTo(small)).hasCauseInstanceOf(ConnectFailed.class);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(small.events(LimitMet.class)).extracting(LimitMet::limit)
                    .containsExactly(LimitName.PEER_CONNECTIONS, LimitName.CONNECTIONS);
            assertThat(small.node().directory().refused()).extracting(RefusedConnection::reason)
                    .containsExactly(RefusalReason.LIMIT_MET, RefusalReason.LIMIT_MET);
        });
    }

    @Test
    void aBlockThatDoesNotFitIsRefusedAndCounted() {
        var block = delivery(2_000).block();
        var full = nodes.start(1_000);

        assertThatThrownBy(() -> full.node().content().put(block)).isInstanceOf(BlockStoreFull.class);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(full.events(LimitMet.class)).singleElement()
                .extracting(LimitMet::limit).isEqualTo(LimitName.BLOCK_STORE));
    }

    @Test
    void endedDownloadsAreForgottenBeyondTheirBound() throws Exception {
        var forgetful = nodes.start(settings -> settings
                .withLimits(new NodeLimits(4_096, 64L << 20, 256, 1_024, 512, 4L << 20, 100, 2, 1_000, 100, 2)));
        for (int i = 0; i < 3; i++) {
            var download = forgetful.node().downloads()
                    .create(new WantedContent.OfBlocks(List.of(delivery(10 + i).block().cid())));
            forgetful.node().downloads().delete(download.id());
        }
        assertThat(forgetful.node().downloads().all()).hasSize(2);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(forgetful.events(LimitMet.class)).singleElement()
                .extracting(LimitMet::limit).isEqualTo(LimitName.ENDED_DOWNLOADS));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(forgetful.node().limits()
                .use(LimitName.ENDED_DOWNLOADS)).isEqualTo(new LimitUse(LimitName.ENDED_DOWNLOADS, 2, 2, 1)));
    }

    @Test
    void moreWatchesThanMayBeAreRefusedAndOneThatEndsMakesRoom() {
        var small = nodes.start(settings -> settings.withEngineLimits(new EngineLimits(9, 99, 99, 10, 99, 100, 2, 9)));
        var tree = alice.imports(3, 9).treeCid();
        var first = small.node().watches().create(new WantedContent.OfTree(tree, 60));

        assertThatThrownBy(() -> small.node().downloads().create(new WantedContent.OfTree(tree, 60)))
                .isInstanceOfSatisfying(LimitMetException.class,
                        met -> assertThat(met.limit()).isEqualTo(LimitName.WANTS));
        small.node().downloads().create(new WantedContent.OfTree(tree, 40));
        assertThatThrownBy(() -> small.node().watches().create(new WantedContent.OfTree(tree, 1)))
                .isInstanceOfSatisfying(LimitMetException.class,
                        met -> assertThat(met.limit()).isEqualTo(LimitName.WANT_HOLDERS));

        small.node().watches().delete(first.id());
        small.node().watches().create(new WantedContent.OfTree(tree, 60));
    }

    @Test
    void everyBoundOfTheNodeIsReportedWithItsUse() throws Exception {
        alice.connectTo(nodes.start());

        var limits = alice.node().limits().uses();

        assertThat(limits).extracting(LimitUse::limit).doesNotHaveDuplicates();
        assertThat(limits).allSatisfy(use -> assertThat(use.used()).isBetween(0L, use.setting()));
        assertThat(limits).filteredOn(use -> ONE_PEER.contains(use.limit())).extracting(LimitUse::used)
                .containsExactly(1L, 1L, 1L);
    }

    @Test
    void theNodeAndItsLimitsAreToldWhileTheEngineIsBusy() throws Exception {
        alice.connectTo(nodes.start());
        var busy = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> alice.node().read(_ -> {
            busy.countDown();
            return awaitQuietly(done);
        }));
        busy.await();
        try {
            assertThat(new NodeViews(alice.node(), "1").node().peers()).isEqualTo(1);
            assertThat(new NodeViews(alice.node(), "1").limits()).hasSizeGreaterThan(30);
        } finally {
            done.countDown();
        }
    }

    private static boolean awaitQuietly(CountDownLatch latch) {
        try {
            return latch.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static HostSettings withConnections(HostSettings host, int max, int perPeerMax) {
        return host.withLimits(host.limits().withEventLoops(1)
                .withConnections(ConnectionBounds.DEFAULT.withMax(max).withPerPeer(perPeerMax)));
    }

    private static Stream<BlockAddress.Standalone> addresses(int count) {
        return IntStream.range(0, count).mapToObj(i -> new BlockAddress.Standalone(delivery(i + 1).block().cid()));
    }

    private static BlockDelivery delivery(int length) {
        byte[] data = new byte[length];
        var block = new Block(Cid.v1(CodexCodec.BLOCK, Multihash.sha256(data)), data);
        return new BlockDelivery(block.address(), block, Optional.empty());
    }
}
