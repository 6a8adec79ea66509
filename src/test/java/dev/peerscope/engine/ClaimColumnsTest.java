package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Price;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.PeerId;

class ClaimColumnsTest {

    /** Three stretches and a part of one. */
    private static final int LEAVES = 200_000;
    private static final int PEERS = 80;
    private static final int STEPS = 150;
    private static final int LOOKS = 20;

    private final ExchangeEngine engine = new ExchangeEngine(EngineSettings.DEFAULT, EngineLimits.DEFAULT,
            new SplittableRandom(1));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void whoClaimsWhatOfALeafIsWhatAskingEveryPeerFinds(long seed) {
        var random = new SplittableRandom(seed);
        want("all", Trees.leaves("big", 0, LEAVES - 1));
        for (int number = 0; number < PEERS; number++) {
            join(number);
        }
        for (int step = 0; step < STEPS; step++) {
            step(random);
            for (int look = 0; look < LOOKS; look++) {
                assertFound(new BlockAddress.Leaf(Trees.tree("big"), random.nextInt(LEAVES)), seed);
            }
        }
        IndexInvariants.check(engine);
    }

    @Test
    void whatWasHadAtSeveralPricesIsFoundAgainWhenThereIsOne() {
        want("all", Trees.leaves("big", 0, LEAVES - 1));
        join(0);
        tell(0, 1, BlockRanges.of(0, 9));
        tell(0, 2, BlockRanges.of(100_000, 100_009));
        assertFound(new BlockAddress.Leaf(Trees.tree("big"), 5), 0);

        tell(0, 1, BlockRanges.of(100_000, 100_009));

        assertFound(new BlockAddress.Leaf(Trees.tree("big"), 5), 0);
        assertFound(new BlockAddress.Leaf(Trees.tree("big"), 100_005), 0);
    }

    private void tell(int peer, long price, BlockRanges leaves) {
        handle(new EngineInput.MessageReceived(id(peer), peer, ExchangeMessage.ofPresences(List.of(
                BlockPresence.have(new BlockSet.Leaves(Trees.tree("big"), leaves), Price.of(price))))));
    }

    private void step(SplittableRandom random) {
        int peer = random.nextInt(PEERS);
        switch (random.nextInt(20)) {
            case 0 -> {
                handle(new EngineInput.PeerDisconnected(id(peer), peer, DepartureReason.CONNECTION_LOST));
                join(peer);
            }
            case 1 -> want("part", Trees.leaves("big", LEAVES, LEAVES + random.nextInt(9)));
            case 2 -> handle(new EngineInput.WantsReleased("part"));
            case 3, 4 -> handle(new EngineInput.MessageReceived(id(peer), peer,
                    told(BlockRanges.of(0, LEAVES - 1), random)));
            default -> handle(new EngineInput.MessageReceived(id(peer), peer, told(some(random), random)));
        }
    }

    private void want(String watch, List<BlockSet> blocks) {
        handle(new EngineInput.BlocksWanted(new WantHolder(watch, WantMode.WATCH), blocks));
    }

    /** A peer that does not read, so that it is asked nothing. */
    private void join(int peer) {
        handle(new EngineInput.PeerConnected(id(peer), peer, Direction.INBOUND));
        handle(new EngineInput.PeerStalled(id(peer), peer));
    }

    private void handle(EngineInput input) {
        engine.handle(input, TestNode.START);
    }

    private static PeerId id(int peer) {
        return TestPeer.idOf("peer" + peer);
    }

    private static ExchangeMessage told(BlockRanges leaves, SplittableRandom random) {
        var blocks = new BlockSet.Leaves(Trees.tree("big"), leaves);
        return ExchangeMessage.ofPresences(List.of(random.nextInt(3) == 0
                ? BlockPresence.dontHave(blocks)
                : BlockPresence.have(blocks, Price.of(random.nextInt(3)))));
    }

    /** A stretch of leaves, or of a stretch each by a coin. */
    private static BlockRanges some(SplittableRandom random) {
        int first = random.nextInt(LEAVES);
        int last = Math.min(LEAVES - 1, first + random.nextInt(100_000));
        if (random.nextBoolean()) {
            return BlockRanges.of(first, last);
        }
        var some = BlockRanges.builder();
        for (int leaf = first; leaf <= Math.min(last, first + 20_000); leaf++) {
            if (leaf == first || random.nextBoolean()) {
                some.add(leaf);
            }
        }
        return some.build();
    }

    private void assertFound(BlockAddress address, long seed) {
        Map<PeerId, Claim> found = new LinkedHashMap<>();
        engine.contexts().presence().forEach(address, (by, claim, _, _) -> found.put(by.peer(), claim));
        Map<PeerId, Claim> claimed = new TreeMap<>();
        engine.contexts().all().forEach(by -> claimed.put(by.peer(), by.haveSet().claimOf(address)));
        claimed.values().removeIf(Claim::isUnknown);
        assertThat(List.copyOf(found.entrySet())).as("seed %d, %s, in the order of ids", seed, address)
                .isEqualTo(List.copyOf(claimed.entrySet()));
    }
}
