package dev.peerscope.block;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Some blocks that are told, wanted or held together: leaves of one tree, or one block on its own. */
public sealed interface BlockSet {

    /** The tree's CID of leaves, the own CID of a single block. */
    Cid cid();

    /** The number of blocks. */
    long count();

    /** The address of each block, in ascending order. */
    Stream<BlockAddress> addresses();

    /** The set of this one block. */
    static BlockSet of(BlockAddress address) {
        return switch (address) {
            case BlockAddress.Leaf(Cid treeCid, long index) -> new Leaves(treeCid, BlockRanges.ofIndex(index));
            case BlockAddress.Standalone(Cid cid) -> new Single(cid);
        };
    }

    /** The fewest sets that hold these blocks: one for each tree, then one for each block on its own, as they come. */
    static List<BlockSet> group(Collection<BlockAddress> addresses) {
        Map<Cid, BlockRanges.Builder> trees = new LinkedHashMap<>();
        Set<BlockSet> singles = new LinkedHashSet<>();
        for (BlockAddress address : addresses) {
            switch (address) {
                case BlockAddress.Leaf(Cid treeCid, long index) ->
                    trees.computeIfAbsent(treeCid, _ -> BlockRanges.builder()).add(index);
                case BlockAddress.Standalone(Cid cid) -> singles.add(new Single(cid));
            }
        }
        List<BlockSet> sets = new ArrayList<>(trees.size() + singles.size());
        trees.forEach((treeCid, ranges) -> sets.add(new Leaves(treeCid, ranges.build())));
        sets.addAll(singles);
        return List.copyOf(sets);
    }

    /**
     * Leaves of one tree, at least one.
     *
     * @throws IllegalArgumentException when the ranges are empty
     */
    record Leaves(Cid treeCid, BlockRanges ranges) implements BlockSet {

        public Leaves {
            if (ranges.isEmpty()) {
                throw new IllegalArgumentException("a set of leaves of tree " + treeCid + " needs at least one index");
            }
        }

        @Override
        public Cid cid() {
            return treeCid;
        }

        @Override
        public long count() {
            return ranges.count();
        }

        @Override
        public Stream<BlockAddress> addresses() {
            return ranges.stream().mapToObj(index -> new BlockAddress.Leaf(treeCid, index));
        }

        @Override
        public String toString() {
            return treeCid + "/" + ranges;
        }
    }

    /** One block on its own. */
    record Single(Cid cid) implements BlockSet {

        @Override
        public long count() {
            return 1;
        }

        @Override
        public Stream<BlockAddress> addresses() {
            return Stream.of(new BlockAddress.Standalone(cid));
        }

        @Override
        public String toString() {
            return cid.toString();
        }
    }
}
