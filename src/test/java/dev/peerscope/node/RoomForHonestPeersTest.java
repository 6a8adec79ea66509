package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import dev.peerscope.Patience;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent.LimitMet;
import dev.peerscope.event.ExchangeEvent.PeerJoined;
import dev.peerscope.event.ExchangeEvent.PeerLeft;
import dev.peerscope.limit.LimitName;
import dev.peerscope.node.TestNodes.TestNode;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.ConnectionBounds;

/**
 * Throw-away identities against a node with sixteen connections, over real sockets: fourteen may come in, four from one address that is
 * not exempt.
 */
class RoomForHonestPeersTest {

    private static final ConnectionBounds SIXTEEN = ConnectionBounds.DEFAULT.withMax(16);
    private static final int SHARE = 4;
    private static final int INBOUND = 14;

    private final TestNodes nodes = new TestNodes();
    private final List<RawPeer> throwAways = new ArrayList<>();

    @AfterEach
    void close() {
        throwAways.forEach(RawPeer::close);
        nodes.close();
    }

    @Test
    void oneAddressTakesItsShareAndOthersJoinAndTheOperatorDials() throws Exception {
        var node = nodes.start(with(SIXTEEN.withShareExempt(List.of())));
        var honest = nodes.start();
        var dialled = nodes.start();

        throwAway(20, node);
        try (var elsewhere = new Relay("127.0.0.2", node.node().addresses().getFirst())) {
            honest.node().connect(new PeerAddress(elsewhere.address(), Optional.of(node.node().peerId())),
                    Patience.LONG).get();
            node.connectTo(dialled);

            awaitJoined(node, honest.node().peerId());
            assertThat(node.node().directory().connected()).hasSize(SHARE + 2)
                    .filteredOn(peer -> peer.address().host().equals(Optional.of("127.0.0.1"))
                            && peer.direction() == Direction.INBOUND)
                    .hasSize(SHARE);
            assertThat(node.node().directory().refused()).hasSize(20 - SHARE).allSatisfy(
                    refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.ADDRESS_SHARE));
            assertThat(node.events(LimitMet.class)).extracting(LimitMet::limit).containsOnly(LimitName.ADDRESS_SHARE);
            var share = node.node().limits().use(LimitName.ADDRESS_SHARE);
            assertThat(share.setting()).isEqualTo(SHARE);
            assertThat(share.used()).isEqualTo(SHARE);
            assertThat(share.met()).isPositive();
        }
    }

    @Test
    void whereAllShareOneAddressTheLeastUsefulMakesRoomAndAHolderStays() throws Exception {
        var node = nodes.start(with(SIXTEEN));
        var holder = nodes.start();
        node.node().watches().create(new WantedContent.OfTree(holder.imports(3, 1).treeCid(), 3));

        throwAway(INBOUND, node);
        await().atMost(Patience.LONG).untilAsserted(() -> assertThat(node.events(PeerJoined.class)).hasSize(INBOUND));
        holder.connectTo(node);
        awaitJoined(node, holder.node().peerId());
        await().atMost(Patience.LONG).untilAsserted(() -> assertThat(
                node.node().read(reader -> reader.haveSet(holder.node().peerId(), 1, 1)).get().haveCount())
                .isEqualTo(3));
        throwAway(INBOUND, node);

        await().atMost(Patience.LONG)
                .untilAsserted(() -> assertThat(node.events(PeerLeft.class)).hasSizeGreaterThan(INBOUND));
        assertThat(node.events(PeerLeft.class)).allSatisfy(left -> {
            assertThat(left.reason()).isEqualTo(DepartureReason.LIMIT_MET);
            assertThat(left.peer()).isNotEqualTo(holder.node().peerId());
        });
        assertThat(node.node().directory().isJoined(holder.node().peerId())).isTrue();
        assertThat(node.node().limits().use(LimitName.CONNECTIONS).used()).isEqualTo(INBOUND);
    }

    @Test
    void whomTheOperatorHasDialledOrConfiguredStays() throws Exception {
        var configured = nodes.start();
        var node = nodes.start(settings -> with(SIXTEEN).apply(settings)
                .withKeepConnected(List.of(DialAddresses.parse(
                        "/ip4/127.0.0.1/tcp/1/p2p/" + configured.node().peerId()))));
        var dialled = nodes.start();
        var foundConnected = nodes.start();
        configured.connectTo(node);
        node.connectTo(dialled);
        foundConnected.connectTo(node);
        awaitJoined(node, foundConnected.node().peerId());
        assertThat(node.connectTo(foundConnected).already()).isTrue();

        throwAway(40, node);

        await().atMost(Patience.LONG).untilAsserted(
                () -> assertThat(node.events(PeerLeft.class)).hasSizeGreaterThanOrEqualTo(40 + 2 - INBOUND));
        for (var kept : List.of(configured, dialled, foundConnected)) {
            assertThat(node.node().directory().isJoined(kept.node().peerId())).isTrue();
        }
    }

    @Test
    void withoutAnyoneWhoMayGoANewcomerIsRefused() throws Exception {
        var node = nodes.start(with(SIXTEEN.withMax(3)));
        var dialled = List.of(nodes.start(), nodes.start(), nodes.start());
        for (var one : dialled) {
            node.connectTo(one);
        }
        throwAway(2, node);

        await().atMost(Patience.LONG).untilAsserted(() -> assertThat(node.node().directory().refused()).hasSize(2)
                .allSatisfy(refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.LIMIT_MET)));
        assertThat(node.events(PeerLeft.class)).isEmpty();
    }

    private static UnaryOperator<NodeSettings> with(ConnectionBounds bounds) {
        return settings -> settings.withHost(
                settings.host().withLimits(settings.host().limits().withConnections(bounds)));
    }

    /** So many new identities dial the node from 127.0.0.1, say nothing, and stay as long as they may. */
    private void throwAway(int count, TestNode node) throws Exception {
        for (int i = 0; i < count; i++) {
            var peer = new RawPeer();
            throwAways.add(peer);
            try {
                peer.dial(node);
            } catch (ExecutionException refused) {
                // Counted where it was refused.
            }
        }
    }

    private static void awaitJoined(TestNode node, PeerId peer) {
        await().atMost(Patience.LONG).until(() -> node.node().directory().isJoined(peer));
    }
}
