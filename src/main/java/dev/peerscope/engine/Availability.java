package dev.peerscope.engine;

import java.util.OptionalDouble;

import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;

/** How well some blocks are covered by what all connected peers have. */
final class Availability {

    /** Copies of the rarest blocks, and the number of blocks that are so rare. */
    private record Rarest(long copies, long blocks) {

        private static final Rarest NONE = new Rarest(Long.MAX_VALUE, 0);

        private Rarest and(long otherCopies, long otherBlocks) {
            if (otherCopies == copies) {
                return new Rarest(copies, blocks + otherBlocks);
            }
            return otherCopies < copies ? new Rarest(otherCopies, otherBlocks) : this;
        }
    }

    private Availability() {}

    /** Those of the blocks that no peer has. */
    static AddressSet unavailable(AddressSet blocks, PeerContextStore contexts) {
        AddressSet missing = blocks.copy();
        for (PeerContext context : contexts.presence().knowingAnyOf(blocks)) {
            missing.removeAll(context.haveSet().hadOf(missing));
        }
        return missing;
    }

    /**
     * The copies of the rarest block, and as the fraction the share of blocks with more copies than that, as BitTorrent
     * clients count; empty without blocks.
     */
    static OptionalDouble distributedCopies(AddressSet blocks, PeerContextStore contexts) {
        if (blocks.isEmpty()) {
            return OptionalDouble.empty();
        }
        Rarest rarest = Rarest.NONE;
        for (var tree : blocks.leaves().entrySet()) {
            CopyCounts.Rarest leaves = copies(tree.getKey(), contexts).rarest(tree.getValue());
            rarest = rarest.and(leaves.copies(), leaves.leaves());
        }
        for (Cid cid : blocks.singles()) {
            rarest = rarest.and(contexts.peersHaving(new BlockAddress.Standalone(cid)).size(), 1);
        }
        return OptionalDouble.of(rarest.copies + 1 - (double) rarest.blocks / blocks.size());
    }

    private static CopyCounts copies(Cid tree, PeerContextStore contexts) {
        var copies = new CopyCounts();
        for (PeerContext context : contexts.presence().knowingTree(tree)) {
            RoaringBitmap had = context.haveSet().had(tree);
            copies.add(had);
        }
        return copies;
    }
}
