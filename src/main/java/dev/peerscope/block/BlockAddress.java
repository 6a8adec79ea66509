package dev.peerscope.block;

/**
 * Where a block is found: by its own CID, or as a leaf of a dataset's tree.
 *
 * <p>Ordered: leaves by tree and index, then standalone blocks by CID.
 */
public sealed interface BlockAddress extends Comparable<BlockAddress> {

    /** The tree's CID of a leaf, the own CID of a standalone block. */
    Cid cid();

    /** A block on its own, such as a manifest. */
    record Standalone(Cid cid) implements BlockAddress {

        @Override
        public int compareTo(BlockAddress other) {
            return switch (other) {
                case Standalone that -> cid.compareTo(that.cid);
                case Leaf _ -> 1;
            };
        }

        @Override
        public String toString() {
            return cid.toString();
        }
    }

    /**
     * Block number {@code index}, counted from 0, of the dataset whose tree has this CID.
     *
     * @throws IllegalArgumentException when the index is negative
     */
    record Leaf(Cid treeCid, long index) implements BlockAddress {

        public Leaf {
            if (index < 0) {
                throw new IllegalArgumentException("leaf index " + index + " of tree " + treeCid + " is negative");
            }
        }

        @Override
        public Cid cid() {
            return treeCid;
        }

        @Override
        public int compareTo(BlockAddress other) {
            return switch (other) {
                case Leaf that -> {
                    int byTree = treeCid.compareTo(that.treeCid);
                    yield byTree != 0 ? byTree : Long.compare(index, that.index);
                }
                case Standalone _ -> -1;
            };
        }

        @Override
        public String toString() {
            return treeCid + "/" + index;
        }
    }
}
