package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import dev.peerscope.Patience;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Price;
import dev.peerscope.dataset.MerkleProof;
import dev.peerscope.event.BlockOutcome;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent.BlocksReceived;
import dev.peerscope.event.ExchangeEvent.LimitMet;
import dev.peerscope.event.ExchangeEvent.PeerJoined;
import dev.peerscope.event.ExchangeEvent.PeerLeft;
import dev.peerscope.limit.LimitName;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.node.TestNodes.TestNode;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;
import dev.peerscope.transport.TestHost;
import dev.peerscope.wire.WireLimits;

/** What a peer that breaks rules, or only does not read, costs itself, and that it costs the others nothing. */
class MisbehavingPeersTest {

    private static final Duration PATIENCE = Patience.LONG;

    private final TestNodes nodes = new TestNodes();
    private final TestNode alice = nodes.start(settings -> settings
            .withLimits(new NodeLimits(4_096, 64L << 20, 256, 1_024, 512, 1L << 20, 100, 100, 1_000, 100, 2)));
    private final TestNode bob = nodes.start();
    private final RawPeer mallory = new RawPeer();

    @AfterEach
    void close() {
        mallory.close();
        nodes.close();
    }

    @ParameterizedTest
    @CsvSource({
            "garbage, ffffffffffffffffffffffff",
            "a message of 2 GiB, ffffffff07",
            "no protobuf, 03ffffff",
            "an unknown want type, 080a060a040a002009",
    })
    void aBrokenRuleClosesTheConnectionForThatReasonAndTheOthersNoticeNothing(String what, String hex)
            throws Exception {
        alice.connectTo(bob);
        var stream = mallory.open(mallory.dial(alice));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(alice.events(PeerJoined.class)).hasSize(2));

        RawPeer.say(stream, HexFormat.of().parseHex(hex));

        // The directory hears of it last.
        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(alice.node().directory().departed(mallory.peerId())).isPresent());
        assertThat(alice.events(PeerLeft.class)).as(what).singleElement().satisfies(left -> {
            assertThat(left.peer()).isEqualTo(mallory.peerId());
            assertThat(left.reason()).isEqualTo(DepartureReason.PROTOCOL_VIOLATION);
        });
        assertThat(alice.node().directory().connected(bob.node().peerId())).isPresent();
    }

    @Test
    void aStreamThatIsResetOrEndsIsNoDisconnect() throws Exception {
        var dataset = alice.imports(1, 1);
        var ask = ExchangeMessage.of(
                new WantList(List.of(WantListEntry.wantHave(dataset.manifest().address(0))), true));
        var connection = mallory.dial(alice);
        var first = mallory.open(connection);
        RawPeer.say(first, ask);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mallory.heard).hasSize(1));

        first.reset();
        mallory.streamsToUs.getFirst().reset();
        mallory.open(connection).closeWrite();
        RawPeer.say(mallory.open(connection), ask);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mallory.heard).hasSize(2));
        assertThat(mallory.streamsToUs).as("the next answer opened a new stream").hasSize(2);
        assertThat(alice.events(PeerLeft.class)).isEmpty();
    }

    @Test
    void oneStreamMoreThanMayBeIsResetAndNothingElseHappens() throws Exception {
        var dataset = alice.imports(1, 8);
        var connection = mallory.dial(alice);
        var resets = new AtomicInteger();
        List<Stream> streams = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            streams.add(mallory.open(connection, new CountingResets(resets)));
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(resets).hasValue(1));
        RawPeer.say(streams.getFirst(), ExchangeMessage.of(
                new WantList(List.of(WantListEntry.wantHave(dataset.manifest().address(0))), true)));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mallory.heard).as("the first is answered").hasSize(1));
        assertThat(mallory.ends).isEmpty();
        assertThat(resets).hasValue(1);
    }

    @Test
    void largeMessagesBegunOnManyStreamsCloseTheConnectionBeforeTheyTakeTheHeap() throws Exception {
        var small = nodes.start(settings -> settings.withWire(WireLimits.DEFAULT.withMessageLengthMax(1 << 20)));
        bob.connectTo(small);
        var connection = mallory.dial(small);
        for (int i = 0; i < 3; i++) {
            RawPeer.say(mallory.open(connection), largeMessageCutShort());
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(small.events(PeerLeft.class)).singleElement()
                .satisfies(left -> {
                    assertThat(left.peer()).isEqualTo(mallory.peerId());
                    assertThat(left.reason()).isEqualTo(DepartureReason.LIMIT_MET);
                }));
        assertThat(small.events(LimitMet.class)).extracting(LimitMet::limit)
                .containsExactly(LimitName.PARTIAL_MESSAGES);
        assertThat(small.node().directory().connected(bob.node().peerId())).isPresent();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(small.node().limits()
                .use(LimitName.PARTIAL_MESSAGES).used()).isZero());
    }

    @Test
    void aPeerThatDoesNotReadIsStalledAloneWhileAnotherIsServed() throws Exception {
        byte[] data = new byte[300 * 65_536];
        new Random(5).nextBytes(data);
        var dataset = alice.node().content().importDataset(data, 65_536, Optional.empty(), Optional.empty());
        var connection = mallory.dial(alice);
        var stream = mallory.open(connection);
        var wants = new ArrayList<WantListEntry>();
        for (int index = 0; index < 300; index++) {
            wants.add(WantListEntry.wantBlock(dataset.manifest().address(index)));
        }
        connection.pauseReading();
        RawPeer.say(stream, ExchangeMessage.of(new WantList(wants, false)));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(alice.events(LimitMet.class))
                .extracting(LimitMet::limit).contains(LimitName.PEER_OUTBOUND));
        bob.connectTo(alice);
        var download = bob.node().downloads().create(new WantedContent.OfManifest(dataset.manifestCid()));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                bob.node().downloads().find(download.id()).orElseThrow().state()).isEqualTo(DownloadState.DONE));
        assertThat(blocksHeardBy(mallory)).isLessThan(300);

        connection.resumeReading();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(blocksHeardBy(mallory)).isEqualTo(300));
        assertThat(alice.events(PeerLeft.class)).isEmpty();
    }

    @Test
    void aBlockWithAWrongProofIsRefusedAndFetchedElsewhere() throws Exception {
        var dataset = bob.imports(2, 6);
        var address = dataset.manifest().address(0);
        var stream = mallory.open(mallory.dial(alice));
        var download = alice.node().downloads().create(new WantedContent.OfTree(dataset.treeCid(), 1));
        RawPeer.say(stream, ExchangeMessage.ofPresences(
                List.of(BlockPresence.have(BlockSet.of(address), Price.ZERO))));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mallory.heard).anySatisfy(message -> assertThat(
                message.wantList().entries()).contains(WantListEntry.wantBlock(address))));

        RawPeer.say(stream, ExchangeMessage.ofDeliveries(List.of(forged(dataset, address))));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(alice.events(BlocksReceived.class))
                .extracting(BlocksReceived::outcome).contains(BlockOutcome.INVALID));
        alice.connectTo(bob);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                alice.node().downloads().find(download.id()).orElseThrow().state()).isEqualTo(DownloadState.DONE));
        assertThat(alice.node().directory().connected(mallory.peerId())).as("lying is no reason to leave").isPresent();
    }

    @Test
    void aPeerThatDoesNotSpeakTheDialectStaysConnectedAndIsToldNothing() throws Exception {
        try (var silent = new TestHost()) {
            silent.host().dial(alice.node().addresses().getFirst(), Optional.of(alice.node().peerId())).get();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(alice.events(PeerJoined.class)).hasSize(1));
            var tree = bob.imports(3, 7).treeCid();

            alice.node().watches().create(new WantedContent.OfTree(tree, 3));
            alice.connectTo(bob);

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                    alice.node().read(reader -> reader.haveSet(bob.node().peerId(), 1, 1)).get().haveCount())
                    .isEqualTo(3));
            assertThat(alice.node().directory().connected(silent.peerId())).isPresent();
            assertThat(alice.events(PeerLeft.class)).isEmpty();
        }
    }

    /** Says that it has 1 MiB and ends before that. */
    private static byte[] largeMessageCutShort() {
        byte[] bytes = new byte[900_000];
        bytes[0] = (byte) 0x80;
        bytes[1] = (byte) 0x80;
        bytes[2] = 0x40;
        return bytes;
    }

    /** The right block with the way of its neighbour. */
    private BlockDelivery forged(StoredDataset dataset, BlockAddress.Leaf address) {
        var stored = bob.node().store().get(address).orElseThrow();
        byte[] path = stored.proof().orElseThrow().path().clone();
        path[path.length - 1] ^= 1;
        return new BlockDelivery(address, stored.block(), Optional.of(
                new MerkleProof(address.index(), dataset.blockCount(), path)));
    }

    private static int blocksHeardBy(RawPeer peer) {
        return peer.heard.stream().mapToInt(message -> message.deliveries().size()).sum();
    }

    private record CountingResets(AtomicInteger resets) implements StreamHandler {

        @Override
        public void received(Stream stream, ByteBuf data) {}

        @Override
        public void remoteClosed(Stream stream) {}

        @Override
        public void reset(Stream stream) {
            resets.incrementAndGet();
        }

        @Override
        public void writabilityChanged(Stream stream) {}
    }
}
