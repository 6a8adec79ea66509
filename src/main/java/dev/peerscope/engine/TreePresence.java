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

    private final ClaimedLeaves claims = new ClaimedLeaves();
    private final ConfirmationTimes times;
    private long haveCount;
    private long deniedCount;
    private int place;

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
    }

    /** What the peer said of these leaves no longer holds. */
    void forget(RoaringBitmap leaves, Changes changes) {
        claims.set(leaves, Claim.UNKNOWN, counting(changes));
        times.forgotten(leaves);
    }

    /** Nothing that it said holds any more. */
    void clear(Changes changes) {
        claims.clear(counting(changes));
        times.clear();
    }

    private ClaimedLeaves.Moves counting(Changes changes) {
        return (leaves, from, to) -> {
            long moved = leaves.getLongCardinality();
            count(from, -moved);
            count(to, moved);
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
