package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import dev.peerscope.Patience;
import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.event.ClaimCounts;
import dev.peerscope.event.ExchangeEvent.ClaimsSettled;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.node.TestNodes.TestNode;
import dev.peerscope.peer.PeerId;

/** A download beside an honest holder from peers that claim everything and drip, say nothing or lie. */
class BadHoldersOverSocketsTest {

    private static final int BLOCKS = 300;
    private static final int BLOCK_SIZE = 65_536;
    private static final Duration DRIP = Duration.ofSeconds(20);
    /** Far less than the {@value #BLOCKS} that each of them claims. */
    private static final int ASKED_OF_A_BAD_PEER_MAX = 40;

    private final TestNodes nodes = new TestNodes();
    private final TestNode alice = nodes.start();
    private final TestNode bob = nodes.start();
    private final List<ClaimingPeer> bad = new ArrayList<>();

    @AfterEach
    void close() {
        bad.forEach(ClaimingPeer::close);
        nodes.close();
    }

    @Test
    void fewBlocksAreAskedOfPeersThatDripSayNothingOrLieAndAllArrive() throws Exception {
        byte[] data = new byte[BLOCKS * BLOCK_SIZE];
        new Random(8).nextBytes(data);
        var dataset = bob.node().content().importDataset(data, BLOCK_SIZE, Optional.empty(), Optional.empty());
        bad.add(new ClaimingPeer(alice, new Dripping()));
        bad.add(new ClaimingPeer(alice, _ -> List.of()));
        bad.add(new ClaimingPeer(alice, BadHoldersOverSocketsTest::lie));
        var download = alice.node().downloads().create(new WantedContent.OfTree(dataset.treeCid(), BLOCKS));
        for (ClaimingPeer peer : bad) {
            await().atMost(Patience.LONG).untilAsserted(() -> assertThat(settledWith(peer.id())
                    + alice.node().read(reader -> reader.peer(peer.id()).map(of -> of.requestedCount()).orElse(0L))
                            .get())
                    .as("asked of it").isPositive());
        }
        alice.connectTo(bob);

        await().atMost(Patience.LONG).untilAsserted(() -> assertThat(
                alice.node().downloads().find(download.id()).orElseThrow().state()).isEqualTo(DownloadState.DONE));
        for (ClaimingPeer peer : bad) {
            assertThat(settledWith(peer.id())).isLessThan(ASKED_OF_A_BAD_PEER_MAX);
        }
        ClaimCounts bobs = alice.node().read(reader -> reader.peer(bob.node().peerId()).orElseThrow().counters()
                .claims()).get();
        assertThat(bobs.delivered()).isGreaterThan(BLOCKS - ASKED_OF_A_BAD_PEER_MAX);
        assertThat(alice.events(ClaimsSettled.class).stream().mapToLong(ClaimsSettled::blocks).sum())
                .as("requests made, some of them again").isLessThan(BLOCKS + 3 * ASKED_OF_A_BAD_PEER_MAX);
    }

    private long settledWith(PeerId peer) {
        return alice.events(ClaimsSettled.class).stream().filter(claims -> claims.peer().equals(peer))
                .mapToLong(ClaimsSettled::blocks).sum();
    }

    private static List<BlockDelivery> lie(Deque<BlockAddress> requested) {
        List<BlockDelivery> lies = requested.stream().map(address -> new BlockDelivery(address,
                Block.of(CodexCodec.BLOCK, new byte[BLOCK_SIZE]), Optional.empty())).toList();
        requested.clear();
        return lies;
    }

    /** Delivers one valid block from time to time. */
    private final class Dripping implements ClaimingPeer.Manner {

        private Instant next = Instant.now().plus(DRIP);

        @Override
        public List<BlockDelivery> deliver(Deque<BlockAddress> requested) {
            if (requested.isEmpty() || Instant.now().isBefore(next)) {
                return List.of();
            }
            next = Instant.now().plus(DRIP);
            var address = requested.removeFirst();
            var stored = bob.node().store().get((BlockAddress.Leaf) address).orElseThrow();
            return List.of(new BlockDelivery(address, stored.block(), stored.proof()));
        }
    }
}
