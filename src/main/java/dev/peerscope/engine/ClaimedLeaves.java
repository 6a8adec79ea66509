package dev.peerscope.engine;

import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.Price;

/**
 * Leaves of one tree by what is claimed of them: a bitmap per claim, disjoint from the others and not empty. A leaf in none is
 * unknown. A tree that is had at one price, as nearly always, has one bitmap, and one more if leaves were denied.
 */
final class ClaimedLeaves {

    /** Hears of leaves that went from one claim to a different one together. */
    @FunctionalInterface
    interface Moves {

        Moves UNHEARD = (_, _, _) -> {};

        void moved(RoaringBitmap leaves, Claim from, Claim to);
    }

    /** Of a tree that nothing is known of. */
    static final ClaimedLeaves NONE = new ClaimedLeaves();

    private final NavigableMap<Claim, RoaringBitmap> byClaim = new TreeMap<>();

    /** This is claimed of these leaves, of which nothing was claimed before. */
    void add(RoaringBitmap leaves, Claim claim) {
        byClaim.computeIfAbsent(claim, _ -> new RoaringBitmap()).or(leaves);
    }

    /** From now on this is claimed of these leaves, whatever was before. */
    void set(RoaringBitmap leaves, Claim to, Moves moves) {
        RoaringBitmap rest = leaves;
        for (var entry : byClaim.entrySet()) {
            RoaringBitmap claimed = entry.getValue();
            if (RoaringBitmap.intersects(rest, claimed)) {
                RoaringBitmap moved = RoaringBitmap.and(rest, claimed);
                rest = RoaringBitmap.andNot(rest, claimed);
                if (!entry.getKey().equals(to)) {
                    claimed.andNot(moved);
                    moves.moved(moved, entry.getKey(), to);
                }
            }
        }
        byClaim.values().removeIf(RoaringBitmap::isEmpty);
        if (!to.equals(Claim.UNKNOWN)) {
            if (!rest.isEmpty()) {
                moves.moved(rest, Claim.UNKNOWN, to);
            }
            add(leaves, to);
        }
    }

    Claim claimOf(int index) {
        for (var entry : byClaim.entrySet()) {
            if (entry.getValue().contains(index)) {
                return entry.getKey();
            }
        }
        return Claim.UNKNOWN;
    }

    boolean has(int index) {
        return claimOf(index).isHave();
    }

    /** The leaves that are had, at whatever price. For reading, and only until the next change. */
    RoaringBitmap had() {
        NavigableMap<Claim, RoaringBitmap> haves = haves();
        return haves.size() == 1 ? haves.firstEntry().getValue() : RoaringBitmap.or(haves.values().iterator());
    }

    boolean hasAnyOf(RoaringBitmap leaves) {
        return haves().values().stream().anyMatch(had -> RoaringBitmap.intersects(had, leaves));
    }

    /** The prices at which leaves are had. */
    List<Price> prices() {
        return haves().keySet().stream().map(Claim::price).toList();
    }

    RoaringBitmap denied() {
        return byClaim.getOrDefault(Claim.DENIED, new RoaringBitmap());
    }

    /** How many leaves of this stretch are known. */
    int known(long from, long end) {
        int known = 0;
        for (RoaringBitmap claimed : byClaim.values()) {
            known += (int) claimed.rangeCardinality(from, end);
        }
        return known;
    }

    boolean isEmpty() {
        return byClaim.isEmpty();
    }

    /** In the order of claims: haves by price, then denials. */
    NavigableMap<Claim, RoaringBitmap> byClaim() {
        return Collections.unmodifiableNavigableMap(byClaim);
    }

    private NavigableMap<Claim, RoaringBitmap> haves() {
        return byClaim.headMap(Claim.DENIED, false);
    }
}
