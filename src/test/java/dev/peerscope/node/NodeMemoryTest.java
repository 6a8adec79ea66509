package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import dev.peerscope.Patience;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent.LimitMet;
import dev.peerscope.event.ExchangeEvent.PeerLeft;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.MemoryBudget;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.transport.Stream;

/** Peers that make a node keep much, over real sockets, against its memory budget. */
class NodeMemoryTest {

    private static final Cid TREE = Cid.v1(CodexCodec.ROOT, Multihash.sha256(new byte[]{1}));
    private static final int LEAVES = 1 << 20;
    private static final int MESSAGE_LEAVES = 4_096;
    private static final int PRICES = 64;
    private static final Duration SHORT = Duration.ofMillis(2);
    private static final long BUDGET = 4 << 20;

    private final TestNodes nodes = new TestNodes();
    private final List<RawPeer> peers = new ArrayList<>();

    @AfterEach
    void close() {
        peers.forEach(RawPeer::close);
        nodes.close();
    }

    @Test
    void whoTakesMostIsDroppedAndTheOthersKeepWhatTheySaid() throws Exception {
        var node = nodes.start(new MemoryBudget(BUDGET));
        node.node().watches().create(new WantedContent.OfTree(TREE, LEAVES));
        var honest = peer();
        RawPeer.say(honest.open(honest.dial(node)), have(BlockRanges.of(0, 999), 0));
        for (int i = 0; i < 4; i++) {
            tellInterleaved(node, peer(), 48);
        }
        await().atMost(Patience.LONG).until(() -> node.node().limits().memory().used() > BUDGET / 4);
        assertThat(node.events(PeerLeft.class)).isEmpty();

        var mallory = peer();
        tellInterleaved(node, mallory, LEAVES / MESSAGE_LEAVES);

        await().atMost(Patience.LONG).untilAsserted(() -> assertThat(node.events(PeerLeft.class)).singleElement()
                .satisfies(left -> {
                    assertThat(left.peer()).isEqualTo(mallory.peerId());
                    assertThat(left.reason()).isEqualTo(DepartureReason.LIMIT_MET);
                }));
        assertThat(node.events(LimitMet.class)).filteredOn(met -> met.limit() == LimitName.MEMORY)
                .extracting(LimitMet::peer).containsExactly(Optional.of(mallory.peerId()));
        await().atMost(Patience.LONG).until(() -> node.node().limits().memory().used() <= BUDGET);
        assertThat(node.node().limits().use(LimitName.MEMORY).met()).isEqualTo(1);
        assertThat(haveCount(node, honest)).isEqualTo(1_000);
    }

    @Test
    void whenAllPeersHaveLeftNothingIsUsed() throws Exception {
        var node = nodes.start(new MemoryBudget(BUDGET));
        node.node().watches().create(new WantedContent.OfTree(TREE, LEAVES));
        for (int i = 0; i < 6; i++) {
            tellInterleaved(node, peer(), 40 + 40 * i);
        }
        await().atMost(Patience.LONG).until(() -> !node.events(PeerLeft.class).isEmpty());

        peers.forEach(RawPeer::close);

        await().atMost(Patience.LONG).until(() -> node.events(PeerLeft.class).size() == 6);
        await().atMost(Patience.LONG).until(() -> node.node().limits().memory().used() == 0);
        assertThat(node.node().limits().memory().most(_ -> 1)).as("a peer that has left is not remembered").isZero();
    }

    private static long haveCount(TestNodes.TestNode node, RawPeer peer) throws Exception {
        return node.node().read(reader -> reader.haveSet(peer.peerId(), 10, 10)).get().haveCount();
    }

    private RawPeer peer() {
        var peer = new RawPeer();
        peers.add(peer);
        return peer;
    }

    /** Says in so many messages that a peer has leaves, each at another price than its neighbours, and waits each time until it is known or the peer is dropped. */
    private static void tellInterleaved(TestNodes.TestNode node, RawPeer peer, int messages) throws Exception {
        Stream stream = peer.open(peer.dial(node));
        for (int message = 0; message < messages; message++) {
            List<BlockPresence> told = new ArrayList<>();
            for (int price = 0; price < PRICES; price++) {
                var ranges = BlockRanges.builder();
                for (int i = price; i < MESSAGE_LEAVES; i += PRICES) {
                    ranges.add((long) message * MESSAGE_LEAVES + i);
                }
                told.addAll(have(ranges.build(), price).presences());
            }
            RawPeer.say(stream, ExchangeMessage.ofPresences(told));
            long known = (message + 1L) * MESSAGE_LEAVES;
            await().pollInterval(SHORT).atMost(Patience.LONG).until(() -> !peer.ends.isEmpty()
                    || haveCount(node, peer) == known);
        }
    }

    private static ExchangeMessage have(BlockRanges leaves, int price) {
        return ExchangeMessage.ofPresences(
                List.of(BlockPresence.have(new BlockSet.Leaves(TREE, leaves), Price.of(1_000 + price))));
    }
}
