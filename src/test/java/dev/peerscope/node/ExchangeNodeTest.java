package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import dev.peerscope.Patience;
import dev.peerscope.block.Block;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.engine.EngineLimits;
import dev.peerscope.engine.EngineReader.HaveSetSummary;
import dev.peerscope.engine.EngineSettings;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent.PeerJoined;
import dev.peerscope.event.ExchangeEvent.PeerLeft;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.node.TestNodes.TestNode;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.transport.HostSettings;

/** Real nodes over real sockets on loopback. */
class ExchangeNodeTest {

    private static final Duration PATIENCE = Patience.LONG;

    private final TestNodes nodes = new TestNodes();
    private final TestNode alice = nodes.start();
    private final TestNode bob = nodes.start();

    @AfterEach
    void closeNodes() {
        nodes.close();
    }

    @Test
    void aPeerHasJoinedOnBothSidesWhenConnectCompletes() throws Exception {
        var connected = alice.connectTo(bob);

        assertThat(connected).isEqualTo(new Connected(bob.node().peerId(), false));
        assertThat(alice.events(PeerJoined.class)).hasSize(1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(bob.events(PeerJoined.class)).hasSize(1));
        await().atMost(PATIENCE).untilAsserted(() -> {
            var info = alice.node().directory().connected(bob.node().peerId()).orElseThrow();
            assertThat(info.agent()).contains(bob.node().agent());
            assertThat(info.protocols()).contains("/codex/blockexc/1.0.0");
        });
    }

    @Test
    void aWatchLearnsWhatAPeerHasAndAsksForNoBlock() throws Exception {
        var dataset = bob.imports(200, 1);
        alice.connectTo(bob);

        alice.node().watches().create(new WantedContent.OfTree(dataset.treeCid(), 200));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(haveSetOfBob().haveCount()).isEqualTo(200));
        var trees = haveSetOfBob().trees();
        assertThat(trees).hasSize(1);
        assertThat(trees.getFirst().ranges()).hasToString("0-199");
        assertThat(alice.node().store().blockCount()).isZero();
        assertThat(bob.node().read(reader -> reader.wantList(alice.node().peerId(), 0, 10)).get()).isEmpty();
    }

    @Test
    void aDownloadFetchesEveryLeafWithItsProof() throws Exception {
        var dataset = bob.imports(200, 2);
        alice.connectTo(bob);

        var download = alice.node().downloads().create(new WantedContent.OfManifest(dataset.manifestCid()));

        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(find(download).state()).isEqualTo(DownloadState.DONE));
        assertThat(find(download).blocksDone()).isEqualTo(200);
        assertThat(find(download).bytesDone()).isEqualTo(200 * 1024);
        for (int index = 0; index < 200; index++) {
            var address = dataset.manifest().address(index);
            var stored = alice.node().store().get(address).orElseThrow();
            assertThat(stored.block().matches()).isTrue();
            assertThat(stored.proof().orElseThrow().proves(address, stored.block().cid())).isTrue();
        }
        assertThat(alice.node().read(reader -> reader.wants(Optional.empty(), 10)).get()).as("released").isEmpty();
    }

    @Test
    void aPeerThatGainsABlockLaterIsFoundOutByTheRefresh() throws Exception {
        var dataset = bob.imports(4, 3);
        var gone = new BlockSet.Leaves(dataset.treeCid(), BlockRanges.parse("2"));
        var kept = bob.node().store().get(dataset.manifest().address(2)).orElseThrow();
        bob.node().content().delete(gone);
        alice.connectTo(bob);
        alice.node().watches().create(new WantedContent.OfTree(dataset.treeCid(), 4));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(haveSetOfBob().deniedCount()).isEqualTo(1));

        bob.node().content().putLeaf(dataset.manifest().address(2), kept.block(), kept.proof().orElseThrow());

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(haveSetOfBob().haveCount()).isEqualTo(4));
        assertThat(alice.events(PresenceChanged.class)).last().satisfies(change -> {
            assertThat(change.change()).isEqualTo(PresenceChange.ADDED);
            assertThat(change.reason()).isEqualTo(PresenceReason.ANNOUNCED);
            assertThat(change.blocks()).isEqualTo(gone);
        });
    }

    @Test
    void blocksThatAreHeldAlreadyCountAsDone() throws Exception {
        var dataset = alice.imports(10, 4);

        var download = alice.node().downloads().create(new WantedContent.OfManifest(dataset.manifestCid()));

        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(find(download).state()).isEqualTo(DownloadState.DONE));
        assertThat(find(download).blocksDone()).isEqualTo(10);
    }

    @Test
    void aCancelledDownloadReleasesItsWantsAndStaysInTheListUntilItIsDeletedAgain() throws Exception {
        var download = alice.node().downloads()
                .create(new WantedContent.OfTree(bob.imports(5, 5).treeCid(), 5));

        assertThat(alice.node().downloads().delete(download.id())).isTrue();

        assertThat(find(download).state()).isEqualTo(DownloadState.CANCELLED);
        assertThat(alice.node().read(reader -> reader.wants(Optional.empty(), 10)).get()).isEmpty();
        assertThat(alice.node().downloads().delete(download.id())).isTrue();
        assertThat(alice.node().downloads().all()).isEmpty();
        assertThat(alice.node().downloads().delete(download.id())).isFalse();
    }

    @Test
    void aWatchOfAManifestResolvesItAndThenWatchesTheTree() throws Exception {
        var dataset = bob.imports(20, 6);
        alice.connectTo(bob);

        var watch = alice.node().watches().create(new WantedContent.OfManifest(dataset.manifestCid()));

        assertThat(watch.state()).isEqualTo(WatchState.RESOLVING);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(haveSetOfBob().haveCount()).isEqualTo(20));
        var resolved = await().atMost(PATIENCE).until(() -> alice.node().watches().find(watch.id()).orElseThrow(),
                found -> found.state() != WatchState.RESOLVING);
        assertThat(resolved.state()).isEqualTo(WatchState.ACTIVE);
        assertThat(resolved.treeCid()).contains(dataset.treeCid());
        assertThat(resolved.blockCount()).hasValue(20);
        assertThat(alice.node().store().blockCount()).as("the manifest and nothing else").isEqualTo(1);
    }

    @Test
    void aManifestThatIsNoneFailsItsWatchAndItsDownloadWithASentence() {
        var fake = new Block(Cid.v1(CodexCodec.MANIFEST, Multihash.sha256(new byte[]{1, 2, 3})), new byte[]{1, 2, 3});
        alice.node().content().put(fake);

        var watch = alice.node().watches().create(new WantedContent.OfManifest(fake.cid()));
        var download = alice.node().downloads().create(new WantedContent.OfManifest(fake.cid()));

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(alice.node().watches().find(watch.id()).orElseThrow().failure()).isPresent();
            assertThat(find(download).state()).isEqualTo(DownloadState.FAILED);
        });
        assertThat(find(download).failure().orElseThrow()).contains(fake.cid().toString()).contains("no manifest");
    }

    @Test
    void aDeletedWatchTakesItsPresenceWithIt() throws Exception {
        var dataset = bob.imports(3, 7);
        alice.connectTo(bob);
        var watch = alice.node().watches().create(new WantedContent.OfTree(dataset.treeCid(), 3));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(haveSetOfBob().haveCount()).isEqualTo(3));

        assertThat(alice.node().watches().delete(watch.id())).isTrue();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(haveSetOfBob().haveCount()).isZero());
        assertThat(alice.events(PresenceChanged.class)).last()
                .extracting(PresenceChanged::reason).isEqualTo(PresenceReason.RELEASED);
    }

    @Test
    void aPeerDisconnectedByTheOperatorLeavesForThatReasonAndIsRemembered() throws Exception {
        alice.connectTo(bob);

        assertThat(alice.node().disconnect(bob.node().peerId())).isTrue();

        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(bob.events(PeerLeft.class)).extracting(PeerLeft::reason)
                        .containsExactly(DepartureReason.PEER_CLOSED));
        // The directory hears of it last.
        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(alice.node().directory().departed(bob.node().peerId())).map(DepartedPeer::reason)
                        .contains(DepartureReason.OPERATOR));
        assertThat(alice.events(PeerLeft.class)).extracting(PeerLeft::reason)
                .containsExactly(DepartureReason.OPERATOR);
        assertThat(alice.node().directory().connected(bob.node().peerId())).isEmpty();
        assertThat(alice.node().disconnect(bob.node().peerId())).isFalse();
    }

    @Test
    void stoppingSaysGoodbyeAndEveryPresenceLeavesForThatReasonBeforeItReturns() throws Exception {
        var dataset = bob.imports(3, 8);
        alice.connectTo(bob);
        alice.node().watches().create(new WantedContent.OfTree(dataset.treeCid(), 3));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(haveSetOfBob().haveCount()).isEqualTo(3));

        alice.node().close();

        assertThat(alice.events(PeerLeft.class)).extracting(PeerLeft::reason)
                .containsExactly(DepartureReason.NODE_STOPPED);
        assertThat(alice.events(PresenceChanged.class)).last()
                .extracting(PresenceChanged::reason).isEqualTo(PresenceReason.NODE_STOPPED);
        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(bob.events(PeerLeft.class)).extracting(PeerLeft::reason)
                        .containsExactly(DepartureReason.PEER_CLOSED));
        assertThat(alice.node().health().isUp()).isFalse();
    }

    @Test
    void connectingAgainIsAnsweredWithoutASecondConnection() throws Exception {
        alice.connectTo(bob);

        assertThat(alice.connectTo(bob)).isEqualTo(new Connected(bob.node().peerId(), true));
        var anyone = new PeerAddress(bob.node().addresses().getFirst(), Optional.empty());
        assertThat(alice.node().connect(anyone).get().already()).isTrue();

        assertThat(alice.node().directory().connected(bob.node().peerId()).orElseThrow().connections()).isEqualTo(1);
    }

    @Test
    void twoDialsAtOnceLeaveOnePeerThatJoinedOnce() throws Exception {
        // Bob's engine is busy until he has dialled, so that he cannot find Alice joined already.
        var busy = new CompletableFuture<Void>();
        var dialled = new CompletableFuture<Void>();
        Thread.ofVirtual().start(() -> bob.node().read(_ -> {
            busy.complete(null);
            return dialled.join();
        }));
        busy.join();

        var one = alice.node().connect(bob.address());
        var other = bob.node().connect(alice.address());
        dialled.complete(null);

        assertThat(one.get().peer()).isEqualTo(bob.node().peerId());
        assertThat(other.get().peer()).isEqualTo(alice.node().peerId());
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(alice.node().directory().connected(bob.node().peerId())).map(ConnectedPeer::connections)
                    .contains(2);
            assertThat(bob.node().directory().connected(alice.node().peerId())).map(ConnectedPeer::connections)
                    .contains(2);
        });
        assertThat(alice.events(PeerJoined.class)).hasSize(1);
        assertThat(bob.events(PeerJoined.class)).hasSize(1);

        alice.node().disconnect(bob.node().peerId());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(bob.events(PeerLeft.class)).hasSize(1));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(alice.events(PeerLeft.class)).hasSize(1));
    }

    @Test
    void diallingOurselvesIsRefused() {
        var unnamed = new PeerAddress(alice.node().addresses().getFirst(), Optional.empty());

        assertThatThrownBy(() -> alice.connectTo(alice)).cause().isInstanceOf(DiallingOurselves.class);
        assertThatThrownBy(() -> alice.node().connect(unnamed).get()).cause().isInstanceOf(DiallingOurselves.class);
    }

    @Test
    void aDialThatMeetsAnotherPeerFailsAtTheStepOfIdentity() {
        var wrong = new PeerAddress(bob.node().addresses().getFirst(), Optional.of(TestPeers.ALICE));

        assertThatThrownBy(() -> alice.node().connect(wrong).get()).cause()
                .isInstanceOfSatisfying(ConnectFailed.class, failed -> {
                    assertThat(failed.step()).isEqualTo("identity");
                    assertThat(failed.reason()).isEqualTo("wrong-peer");
                });
        assertThat(alice.node().directory().refused()).singleElement()
                .satisfies(refused -> assertThat(refused.step()).isEqualTo("identity"));
    }

    @Test
    void aPeerOverTheBoundIsNotLetInAndListedAsRefused() throws Exception {
        var small = nodes
                .start(settings -> settings.withEngineLimits(new EngineLimits(1, 100, 100, 10, 100, 100, 10, 10)));
        small.connectTo(alice);

        assertThatThrownBy(() -> small.connectTo(bob)).cause().isInstanceOfSatisfying(ConnectFailed.class,
                failed -> {
                    assertThat(failed.step()).isEqualTo("join");
                    assertThat(failed.reason()).isEqualTo("limit-met");
                });

        assertThat(small.node().directory().connected(bob.node().peerId())).isEmpty();
        assertThat(small.node().directory().refused()).singleElement()
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.LIMIT_MET));
    }

    @Test
    void aPeerToKeepConnectedIsDialledAtOneAddressAfterTheOther() {
        var nobody = PeerAddress.parse("/ip4/127.0.0.1/tcp/1/p2p/" + bob.node().peerId());

        var keeper = nodes.start(settings -> settings
                .withKeepConnected(List.of(new DialAddresses(List.of(nobody, bob.address())))));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(keeper.events(PeerJoined.class)).hasSize(1));
    }

    @Test
    void aPeerToKeepConnectedIsDialledAgainWhenItIsGone() throws Exception {
        var keeper = nodes.start(settings -> settings.withKeepConnected(List.of(DialAddresses.of(bob.address()))));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(keeper.events(PeerJoined.class)).hasSize(1));

        bob.node().disconnect(keeper.node().peerId());

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(keeper.events(PeerJoined.class)).hasSize(2));
        assertThat(keeper.events(PeerLeft.class)).extracting(PeerLeft::reason)
                .containsExactly(DepartureReason.PEER_CLOSED);
    }

    @Test
    void aListenAddressThatIsTakenStopsTheStartWithTheAddressInTheError() {
        var taken = bob.node().addresses().getFirst();

        assertThatThrownBy(() -> nodes.start(settings -> new NodeSettings(HostSettings.listeningOn(taken),
                settings.engine(), settings.engineLimits(), settings.wire(), settings.limits(),
                settings.reading(), List.of(), settings.connectTimeout()))).hasMessageContaining(taken.toString());
    }

    @Test
    void aRefreshOnRequestAsksAtOnce() throws Exception {
        var slow = nodes.start(settings -> settings.withEngine(new EngineSettings(Duration.ofMinutes(10), 10_000,
                PATIENCE, PATIENCE, 512, 3_000, false)));
        var dataset = bob.imports(2, 10);
        slow.connectTo(bob);
        slow.node().watches().create(new WantedContent.OfTree(dataset.treeCid(), 2));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(slow.events(PresenceChanged.class)).hasSize(1));
        bob.node().content().delete(new BlockSet.Leaves(dataset.treeCid(), BlockRanges.parse("0-1")));

        assertThat(slow.node().refresh(bob.node().peerId())).isTrue();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(slow.events(PresenceChanged.class)).last()
                .extracting(PresenceChanged::change).isEqualTo(PresenceChange.DENIED));
        assertThat(slow.node().refresh(TestPeers.ALICE)).isFalse();
    }

    private HaveSetSummary haveSetOfBob() throws Exception {
        return alice.node().read(reader -> reader.haveSet(bob.node().peerId(), 100, 100)).get();
    }

    private Download find(Download download) {
        return alice.node().downloads().find(download.id()).orElseThrow();
    }
}
