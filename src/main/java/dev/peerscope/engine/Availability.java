package dev.peerscope.engine;

import java.util.OptionalDouble;

import org.roaringbitmap.RoaringBitmap;

/** How well some blocks are covered by what all connected peers have. */
final class Availability {

    /** Copies of the rarest blocks, and the number of blocks that are so rare. */
    private record Rarest(long copies, long blocks) {

        private static final Rarest NONE = new Rarest(Long.MAX_VALUE, 0);

        private Rarest and(CopyCounts.Rarest other) {
            if (other.copies() == copies) {
                return new Rarest(copies, blocks + other.leaves());
            }
            return other.copies() < copies ? new Rarest(other.copies(), other.leaves()) : this;
        }
    }

    private static final CopyCounts NOWHERE = new CopyCounts();

    private Availability() {}

    /**
     * The copies of the rarest block, and as the fraction the share of blocks with more copies than that, as BitTorrent
     * clients count; empty without blocks.
     *
     * @param blocks some that we want
     */
    static OptionalDouble distributedCopies(AddressSet blocks, PresenceIndex presence) {
        if (blocks.isEmpty()) {
            return OptionalDouble.empty();
        }
        Rarest rarest = Rarest.NONE;
        for (var tree : blocks.leaves().entrySet()) {
            CopyCounts copies = presence.swarm(tree.getKey()).map(TreeSwarm::copies).orElse(NOWHERE);
            rarest = rarest.and(copies.rarest(tree.getValue()));
        }
        RoaringBitmap singles = presence.numbers().of(blocks.singles());
        if (!singles.isEmpty()) {
            rarest = rarest.and(presence.singles().copies().rarest(singles));
        }
        return OptionalDouble.of(rarest.copies + 1 - (double) rarest.blocks / blocks.size());
    }
}
