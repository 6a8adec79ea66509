package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.Patience;
import dev.peerscope.block.Block;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.engine.EngineSettings;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent.PeerLeft;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.node.TestNodes.TestNode;
import dev.peerscope.transport.HostSettings;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.TestHost;

/** Peers that join and leave what is sent to them in their sockets, over real ones. */
class PeersThatDoNotReadTest {

    private static final Duration PATIENCE = Patience.LONG;
    private static final Cid SMALL = Cid.v1(CodexCodec.ROOT, Multihash.sha256(new byte[]{1}));
    private static final Cid LARGE = Cid.v1(CodexCodec.ROOT, Multihash.sha256(new byte[]{2}));
    /** Asks for as much as the sockets take, so that the kernel's buffers are soon full. */
    private static final EngineSettings HASTY = new EngineSettings(Duration.ofMillis(300), 10_000_000, PATIENCE,
            PATIENCE, 512, 3_000, false);

    private final TestNodes nodes = new TestNodes();
    private final RawPeer mallory = new RawPeer();
    private final RawPeer trudy = new RawPeer();

    @AfterEach
    void close() {
        mallory.close();
        trudy.close();
        nodes.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yamux", "mplex"})
    void aPeerThatJoinsAndNeverReadsIsDroppedAndAnotherOneIsNot(String muxer) throws Exception {
        var alice = start(muxer, Duration.ofSeconds(1));
        var bob = nodes.start();
        alice.connectTo(bob);
        stopsReading(mallory, alice);

        alice.node().watches().create(new WantedContent.OfTree(LARGE, 1_000_000));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(alice.events(PeerLeft.class)).singleElement()
                .satisfies(left -> {
                    assertThat(left.peer()).isEqualTo(mallory.peerId());
                    assertThat(left.reason()).isEqualTo(DepartureReason.PEER_TIMEOUT);
                }));
        assertThat(alice.node().directory().connected(bob.node().peerId())).isPresent();
    }

    @Test
    void aPeerThatNeverAnswersToTheNegotiationOfAStreamIsDropped() throws Exception {
        var alice = start("mplex", Duration.ofSeconds(1));
        mallory.dial(alice).pauseReading();

        alice.node().watches().create(new WantedContent.OfTree(SMALL, 1));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(alice.events(PeerLeft.class)).singleElement()
                .extracting(PeerLeft::reason).isEqualTo(DepartureReason.PEER_TIMEOUT));
    }

    @Test
    void aPeerThatSendsBlocksMayBeSlowToRead() throws Exception {
        var alice = start("yamux", Duration.ofSeconds(4));
        var blocks = stopsReading(trudy, alice);
        stopsReading(mallory, alice);
        var block = Block.of(CodexCodec.BLOCK, new byte[1_000]);
        var delivery = ExchangeMessage
                .ofDeliveries(List.of(new BlockDelivery(block.address(), block, Optional.empty())));
        try (var often = Executors.newSingleThreadScheduledExecutor()) {
            often.scheduleAtFixedRate(() -> RawPeer.say(blocks, delivery), 0, 50, TimeUnit.MILLISECONDS);

            alice.node().watches().create(new WantedContent.OfTree(LARGE, 1_000_000));

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(alice.events(PeerLeft.class)).isNotEmpty());
            assertThat(alice.events(PeerLeft.class)).extracting(PeerLeft::peer).containsExactly(mallory.peerId());
            often.shutdownNow();
        }
    }

    private TestNode start(String muxer, Duration time) {
        return nodes.start(settings -> new NodeSettings(speaking(settings.host(), muxer), HASTY,
                settings.engineLimits(), settings.wire(), settings.limits(), new ReadingRule(time, 1_024), List.of(),
                settings.connectTimeout()));
    }

    private static HostSettings speaking(HostSettings host, String muxer) {
        return TestHost.muxers(muxer).apply(host);
    }

    /** Listens to the first that is asked, and to nothing after that. Returns a stream on which it may speak. */
    private static Stream stopsReading(RawPeer peer, TestNode of) throws Exception {
        var watch = of.node().watches().create(new WantedContent.OfTree(SMALL, 1));
        var connection = peer.dial(of);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(peer.heard).isNotEmpty());
        var stream = peer.open(connection);
        connection.pauseReading();
        of.node().watches().delete(watch.id());
        return stream;
    }
}
