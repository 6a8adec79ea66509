package dev.peerscope.engine;

import org.roaringbitmap.RoaringBitmap;

/** What one message tells of the leaves of one tree, or of single blocks by their numbers, each leaf once. */
final class ToldLeaves {

    private final ClaimedLeaves claims = new ClaimedLeaves();
    /** All that are spoken of; the only bitmap of the claims as long as there is one. */
    private RoaringBitmap leaves = new RoaringBitmap();

    /**
     * One more claim of the message; it holds against what was told before. The bitmap becomes part of this.
     *
     * @return how many of these leaves had been spoken of before
     */
    long tell(RoaringBitmap more, Claim claim) {
        if (leaves.isEmpty()) {
            claims.add(more, claim);
            leaves = more;
            return 0;
        }
        RoaringBitmap all = RoaringBitmap.or(leaves, more);
        long repeated = leaves.getLongCardinality() + more.getLongCardinality() - all.getLongCardinality();
        if (repeated == 0) {
            claims.add(more, claim);
        } else {
            claims.set(more, claim, ClaimedLeaves.Moves.UNHEARD);
        }
        leaves = all;
        return repeated;
    }

    ClaimedLeaves claims() {
        return claims;
    }

    /** All leaves that are spoken of. For reading. */
    RoaringBitmap leaves() {
        return leaves;
    }

    long count() {
        return leaves.getLongCardinality();
    }
}
