package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import dev.peerscope.benchmark.UsedHeap;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.limit.MemoryBudget;
import dev.peerscope.limit.MemoryKind;
import dev.peerscope.limit.PeerUse;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.peer.Direction;

/** What the engine says that peers take is what the heap says, within a factor of two. */
class MemoryEstimatesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Cid TREE = Trees.tree("tree");
    private static final int LEAVES = 1 << 20;
    private static final int PEERS = 20;

    private final MemoryBudget budget = new MemoryBudget(Long.MAX_VALUE);
    private final ExchangeEngine engine = new ExchangeEngine(EngineSettings.DEFAULT, EngineLimits.DEFAULT,
            new SplittableRandom(1));

    @Test
    void leavesAtSixtyFourPricesInTurn() {
        wantLeaves();

        assertEstimated(MemoryKind.PRESENCES, peer -> {
            for (int from = 0; from < LEAVES / 4; from += 16_384) {
                List<BlockPresence> told = new ArrayList<>();
                for (int price = 0; price < 64; price++) {
                    var ranges = BlockRanges.builder();
                    for (int index = from + price; index < from + 16_384; index += 64) {
                        ranges.add(index);
                    }
                    told.add(have(ranges.build(), price));
                }
                receive(peer, ExchangeMessage.ofPresences(told));
            }
        });
    }

    @Test
    void aFewLeavesHereAndThereOfWhichHalfAreDenied() {
        wantLeaves();
        var random = new Random(3);

        assertEstimated(MemoryKind.PRESENCES, peer -> {
            for (int message = 0; message < 60; message++) {
                var had = BlockRanges.builder();
                var denied = BlockRanges.builder();
                random.ints(1_024, 0, LEAVES).sorted().distinct()
                        .forEach(index -> (index % 2 == 0 ? had : denied).add(index));
                receive(peer, ExchangeMessage.ofPresences(List.of(have(had.build(), 1),
                        BlockPresence.dontHave(new BlockSet.Leaves(TREE, denied.build())))));
            }
        });
    }

    @Test
    void aWantListOfLeaves() {
        assertEstimated(MemoryKind.WANT_LIST, peer -> receive(peer, ExchangeMessage.of(new WantList(
                indices(8_000).map(index -> WantListEntry.wantBlock(new BlockAddress.Leaf(TREE, index))).toList(),
                false))));
    }

    @Test
    void aWantListOfSingleBlocksThatEachPeerNamesItself() {
        assertEstimated(MemoryKind.WANT_LIST, peer -> receive(peer, ExchangeMessage.of(new WantList(
                indices(8_000).map(index -> WantListEntry.wantBlock(new BlockAddress.Standalone(single(peer, index))))
                        .toList(),
                false))));
    }

    @Test
    void answersAboutSingleBlocksToAPeerThatDoesNotRead() {
        assertEstimated(MemoryKind.ANSWERS, peer -> {
            engine.handle(new EngineInput.PeerStalled(TestPeer.idOf("peer " + peer), peer), NOW);
            receive(peer, ExchangeMessage.of(new WantList(indices(8_000)
                    .map(index -> WantListEntry.wantHave(new BlockAddress.Standalone(single(peer, index)))).toList(),
                    false)));
        });
    }

    @Test
    void answersAboutATreeEachToAPeerThatDoesNotRead() {
        assertEstimated(MemoryKind.ANSWERS, peer -> {
            engine.handle(new EngineInput.PeerStalled(TestPeer.idOf("peer " + peer), peer), NOW);
            receive(peer, ExchangeMessage.of(new WantList(indices(8_000)
                    .map(index -> WantListEntry.wantHave(new BlockAddress.Leaf(single(peer, index), 1))).toList(),
                    false)));
        });
    }

    private void wantLeaves() {
        engine.handle(new EngineInput.BlocksWanted(new WantHolder("watch", WantMode.WATCH),
                List.of(new BlockSet.Leaves(TREE, BlockRanges.of(0, LEAVES - 1L)))), NOW);
    }

    private void assertEstimated(MemoryKind kind, Consumer<Integer> speak) {
        List<PeerUse> uses = new ArrayList<>();
        for (int peer = 0; peer < PEERS; peer++) {
            uses.add(budget.open(_ -> {}));
            engine.handle(new EngineInput.PeerConnected(TestPeer.idOf("peer " + peer), peer, Direction.INBOUND,
                    uses.get(peer)), NOW);
        }
        long before = UsedHeap.bytes();
        for (int peer = 0; peer < PEERS; peer++) {
            speak.accept(peer);
        }
        long measured = UsedHeap.bytes() - before;
        Reference.reachabilityFence(engine);

        long estimated = uses.stream().mapToLong(use -> use.bytes(kind)).sum();
        assertThat(estimated).as("%s: estimated %d, measured %d", kind, estimated, measured)
                .isBetween(measured / 2, measured * 2);
    }

    private void receive(int peer, ExchangeMessage message) {
        engine.handle(new EngineInput.MessageReceived(TestPeer.idOf("peer " + peer), peer, message), NOW);
    }

    private static BlockPresence have(BlockRanges ranges, int price) {
        return BlockPresence.have(new BlockSet.Leaves(TREE, ranges), Price.of(1_000 + price));
    }

    private static Stream<Integer> indices(int count) {
        return IntStream.range(0, count).boxed();
    }

    private static Cid single(int peer, int index) {
        return Cid.v1(CodexCodec.BLOCK, Multihash.sha256(new byte[]{(byte) peer, (byte) index, (byte) (index >> 8)}));
    }
}
