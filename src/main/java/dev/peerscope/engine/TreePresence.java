package dev.peerscope.engine;

import java.time.Instant;

import org.roaringbitmap.RoaringBitmap;

/** What a peer told us about the leaves of one tree, or about single blocks by their numbers, and when it last said so. */
final class TreePresence {

    /** Hears of leaves that went from one claim to a different one together, and have been counted. */
    @FunctionalInterface
    interface Changes {

        void changed(TreePresence presence, RoaringBitmap leaves, Claim from, Claim to);
    }

    /** What it takes when nothing is known, its places in the have-set and in the index of all peers included. */
    private static final long OWN_BYTES = 512;
    /** A leaf in a bitmap takes so many bytes at most. */
    private static final long LEAF_BYTES = 2;
    /** So many bytes may have come without a new measurement, and an eighth of what was measured. */
    private static final long UNMEASURED_BYTES = 256;
    private static final long UNMEASURED_PART = 8;

    private final ClaimedLeaves claims = new ClaimedLeaves();
    private final ConfirmationTimes times;
    private long haveCount;
    private long deniedCount;
    private int place;
    private long measuredBytes = OWN_BYTES;
    /** Since they were measured, at most. */
    private long moreBytes;

    private TreePresence(ConfirmationTimes times) {
        this.times = times;
    }

    static TreePresence ofLeaves() {
        return new TreePresence(ConfirmationTimes.ofLeaves());
    }

    static TreePresence ofSingles() {
        return new TreePresence(ConfirmationTimes.ofSingles());
    }

    ClaimedLeaves claims() {
        return claims;
    }

    /** The peer said this just now. */
    void told(ToldLeaves told, Instant now, Changes changes) {
        ClaimedLeaves.Moves moves = counting(changes);
        told.claims().forEach((claim, leaves) -> claims.set(leaves, claim, moves));
        times.told(told.leaves(), now, claims);
        if (times.hasOpenRounds()) {
            moreBytes += LEAF_BYTES * told.count();
        }
        measure();
    }

    /** What the peer said of these leaves no longer holds. */
    void forget(RoaringBitmap leaves, Changes changes) {
        claims.set(leaves, Claim.UNKNOWN, counting(changes));
        times.forgotten(leaves);
        measure();
    }

    /** Nothing that it said holds any more. */
    void clear(Changes changes) {
        claims.clear(counting(changes));
        times.clear();
        measure();
    }

    /** A measurement looks at every container, so it waits until it may find something new. */
    private void measure() {
        if (moreBytes > UNMEASURED_BYTES + measuredBytes / UNMEASURED_PART) {
            measuredBytes = OWN_BYTES + claims.bytes() + times.bytes();
            moreBytes = 0;
        }
    }

    /** Memory that it takes, in bytes; rather too much than too little. */
    long bytes() {
        return measuredBytes + moreBytes;
    }

    private ClaimedLeaves.Moves counting(Changes changes) {
        return (leaves, from, to) -> {
            long moved = leaves.getLongCardinality();
            count(from, -moved);
            count(to, moved);
            moreBytes += LEAF_BYTES * moved;
            changes.changed(this, leaves, from, to);
        };
    }

    private void count(Claim claim, long leaves) {
        if (claim.isHave()) {
            haveCount += leaves;
        } else if (claim.equals(Claim.DENIED)) {
            deniedCount += leaves;
        }
    }

    long haveCount() {
        return haveCount;
    }

    long deniedCount() {
        return deniedCount;
    }

    /** Haves and denials. */
    long knownCount() {
        return haveCount + deniedCount;
    }

    /** Where the swarm of the tree keeps it; of no meaning while nothing is known. */
    int place() {
        return place;
    }

    /** The swarm of the tree keeps it there from now on. */
    void place(int of) {
        place = of;
    }

    /** When the peer last said what is known of a leaf, or earlier. */
    Instant confirmedAt(int index) {
        return times.of(index);
    }
}
