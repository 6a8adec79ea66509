package dev.peerscope.engine;

import java.time.Instant;

import org.roaringbitmap.RoaringBitmap;

/** What a peer told us about the leaves of one tree, and when it last said so. */
final class TreePresence {

    private final ClaimedLeaves claims = new ClaimedLeaves();
    private final ConfirmationTimes times = new ConfirmationTimes();

    ClaimedLeaves claims() {
        return claims;
    }

    /** The peer said this of these leaves just now. */
    void told(RoaringBitmap leaves, Claim claim, Instant now, ClaimedLeaves.Moves moves) {
        claims.set(leaves, claim, moves);
        times.told(leaves, now, this::knownInBucket);
    }

    /** What the peer said of these leaves no longer holds. */
    void forget(RoaringBitmap leaves, ClaimedLeaves.Moves moves) {
        claims.set(leaves, Claim.UNKNOWN, moves);
        times.forgotten(leaves);
    }

    /** When the peer last said what is known of a leaf, or earlier. */
    Instant confirmedAt(int index) {
        return times.of(index);
    }

    private int knownInBucket(int bucket) {
        long first = (long) bucket << ConfirmationTimes.BUCKET_BITS;
        return claims.known(first, first + ConfirmationTimes.BUCKET_SIZE);
    }
}
