package dev.peerscope.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import dev.peerscope.block.BlockAddress.Leaf;
import dev.peerscope.block.BlockAddress.Standalone;

class BlockSetTest {

    private static final Cid OAK = cid(CodexCodec.ROOT, 1);
    private static final Cid ELM = cid(CodexCodec.ROOT, 2);
    private static final Cid LOOSE = cid(CodexCodec.BLOCK, 3);

    @Test
    void blocksAreGroupedByTreeAndThenOneByOne() {
        List<BlockAddress> addresses = List.of(new Leaf(OAK, 7), new Standalone(LOOSE), new Leaf(ELM, 1),
                new Leaf(OAK, 5), new Leaf(OAK, 6), new Standalone(LOOSE));

        List<BlockSet> sets = BlockSet.group(addresses);

        assertThat(sets).containsExactly(new BlockSet.Leaves(OAK, BlockRanges.of(5, 7)),
                new BlockSet.Leaves(ELM, BlockRanges.ofIndex(1)), new BlockSet.Single(LOOSE));
    }

    @Test
    void groupingLosesNothingAndAddsNothing() {
        int seed = new Random().nextInt();
        Random random = new Random(seed);
        Set<BlockAddress> addresses = IntStream.range(0, 500).mapToObj(_ -> randomAddress(random))
                .collect(Collectors.toSet());

        List<BlockSet> sets = BlockSet.group(addresses);

        assertThat(sets.stream().flatMap(BlockSet::addresses)).as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(addresses);
        assertThat(sets.stream().mapToLong(BlockSet::count).sum()).as("seed %d", seed).isEqualTo(addresses.size());
    }

    @Test
    void aSetOfOneAddressHoldsThatAddress() {
        for (BlockAddress address : List.of(new Leaf(OAK, Long.MAX_VALUE), new Standalone(LOOSE))) {
            BlockSet set = BlockSet.of(address);

            assertThat(set.addresses()).containsExactly(address);
            assertThat(set.count()).isEqualTo(1);
            assertThat(set.cid()).isEqualTo(address.cid());
        }
    }

    @Test
    void aSetOfLeavesNeedsALeaf() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BlockSet.Leaves(OAK, BlockRanges.EMPTY));
    }

    @Test
    void addressesAreOrderedByTreeAndIndexAndStandaloneOnesComeLast() {
        Cid low = OAK.compareTo(ELM) < 0 ? OAK : ELM;
        Cid high = low.equals(OAK) ? ELM : OAK;
        BlockAddress[] ascending = {new Leaf(low, 2), new Leaf(low, 10), new Leaf(high, 0), new Standalone(low),
                new Standalone(high)};

        assertThat(Stream.of(ascending[4], ascending[1], ascending[3], ascending[0], ascending[2]).sorted())
                .containsExactly(ascending);
    }

    @Test
    void aLeafIndexIsNotNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Leaf(OAK, -1)).withMessageContaining("-1");
    }

    private static BlockAddress randomAddress(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Leaf(OAK, random.nextInt(100));
            case 1 -> new Leaf(ELM, random.nextInt(100));
            default -> new Standalone(cid(CodexCodec.BLOCK, random.nextInt(50)));
        };
    }

    private static Cid cid(CodexCodec codec, int content) {
        return Block.of(codec, new byte[]{(byte) content}).cid();
    }
}
