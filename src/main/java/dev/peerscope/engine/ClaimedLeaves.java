package dev.peerscope.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.Price;

/**
 * Leaves of one tree by what is claimed of them: a bitmap per claim, disjoint from the others and not empty. A leaf in none is
 * unknown. A tree that is had at one price, as nearly always, has one bitmap, and one more if leaves were denied.
 */
final class ClaimedLeaves {

    /** Hears of leaves that went from one claim to a different one together, when all that one call moves has moved. */
    @FunctionalInterface
    interface Moves {

        Moves UNHEARD = (_, _, _) -> {};

        void moved(RoaringBitmap leaves, Claim from, Claim to);
    }

    private record Moved(RoaringBitmap leaves, Claim from) {}

    /** Of a tree that nothing is known of. */
    static final ClaimedLeaves NONE = new ClaimedLeaves();

    private static final RoaringBitmap NO_LEAVES = new RoaringBitmap();
    private static final int INITIAL_CLAIMS = 2;
    /** A claim with its price, and its place here. */
    private static final int CLAIM_BYTES = 64;

    /** Haves by price, then denials; the bitmaps run in parallel. Arrays, for this is read once for each peer of a swarm. */
    private Claim[] claims = new Claim[INITIAL_CLAIMS];
    private RoaringBitmap[] leavesOf = new RoaringBitmap[INITIAL_CLAIMS];
    private int used;

    /** This is claimed of these leaves, of which nothing was claimed before. The bitmap becomes part of this. */
    void add(RoaringBitmap leaves, Claim claim) {
        int at = find(claim);
        if (at >= 0) {
            leavesOf[at].or(leaves);
        } else {
            insert(-at - 1, claim, leaves);
        }
    }

    /** From now on this is claimed of these leaves, whatever was before. */
    void set(RoaringBitmap leaves, Claim to, Moves moves) {
        int target = find(to);
        if (target >= 0 && leavesOf[target].contains(leaves)) {
            return;
        }
        List<Moved> moved = new ArrayList<>(INITIAL_CLAIMS);
        RoaringBitmap rest = takeFromOthers(leaves, to, moved);
        if (!to.equals(Claim.UNKNOWN)) {
            RoaringBitmap begun = target < 0 ? rest : RoaringBitmap.andNot(rest, leavesOf[target]);
            if (!begun.isEmpty()) {
                moved.add(new Moved(begun, Claim.UNKNOWN));
            }
            add(target < 0 ? leaves.clone() : leaves, to);
        }
        dropEmpty();
        moved.forEach(some -> moves.moved(some.leaves, some.from, to));
    }

    /** Returns those that no other claim had. */
    private RoaringBitmap takeFromOthers(RoaringBitmap leaves, Claim to, List<Moved> taken) {
        RoaringBitmap rest = leaves;
        for (int i = 0; i < used; i++) {
            RoaringBitmap claimed = leavesOf[i];
            if (!claims[i].equals(to) && RoaringBitmap.intersects(rest, claimed)) {
                RoaringBitmap moved = RoaringBitmap.and(rest, claimed);
                rest = RoaringBitmap.andNot(rest, moved);
                claimed.andNot(moved);
                taken.add(new Moved(moved, claims[i]));
            }
        }
        return rest;
    }

    /** Nothing is claimed of any leaf any more. */
    void clear(Moves moves) {
        int count = used;
        used = 0;
        for (int i = 0; i < count; i++) {
            moves.moved(leavesOf[i], claims[i], Claim.UNKNOWN);
        }
        Arrays.fill(claims, null);
        Arrays.fill(leavesOf, null);
    }

    /** The first of the claims, the cheapest of haves; there must be one. */
    Claim first() {
        return claims[0];
    }

    Claim claimOf(int index) {
        for (int i = 0; i < used; i++) {
            if (leavesOf[i].contains(index)) {
                return claims[i];
            }
        }
        return Claim.UNKNOWN;
    }

    /** The leaves that are had, at whatever price. For reading, and only until the next change. */
    RoaringBitmap had() {
        int prices = priceCount();
        return switch (prices) {
            case 0 -> NO_LEAVES;
            case 1 -> leavesOf[0];
            default -> RoaringBitmap.or(Arrays.copyOf(leavesOf, prices));
        };
    }

    boolean hasAnyOf(RoaringBitmap leaves) {
        for (int i = 0; i < priceCount(); i++) {
            if (RoaringBitmap.intersects(leavesOf[i], leaves)) {
                return true;
            }
        }
        return false;
    }

    /** Whether all of these are had, at whatever price. */
    boolean hasAllOf(RoaringBitmap leaves) {
        return had().contains(leaves);
    }

    /** The prices at which leaves are had. */
    List<Price> prices() {
        List<Price> prices = new ArrayList<>();
        for (int i = 0; i < priceCount(); i++) {
            prices.add(claims[i].price());
        }
        return prices;
    }

    /** The number of different prices. */
    int priceCount() {
        return used > 0 && !claims[used - 1].isHave() ? used - 1 : used;
    }

    boolean isClaimed(Claim claim) {
        return find(claim) >= 0;
    }

    RoaringBitmap denied() {
        int at = find(Claim.DENIED);
        return at < 0 ? NO_LEAVES : leavesOf[at];
    }

    /** Leaves of which anything is claimed. For reading, and only until the next change. */
    RoaringBitmap known() {
        return used == 1 ? leavesOf[0] : RoaringBitmap.or(Arrays.copyOf(leavesOf, used));
    }

    /** Memory that it takes, in bytes; goes by the number of stretches of 65,536 leaves at each claim. */
    long bytes() {
        long bytes = 0;
        for (int i = 0; i < used; i++) {
            bytes += CLAIM_BYTES + Bitmaps.bytes(leavesOf[i]);
        }
        return bytes;
    }

    /** How many leaves of this stretch are known. */
    int known(long from, long end) {
        int known = 0;
        for (int i = 0; i < used; i++) {
            known += (int) leavesOf[i].rangeCardinality(from, end);
        }
        return known;
    }

    boolean isEmpty() {
        return used == 0;
    }

    /** In the order of claims: haves by price, then denials. */
    void forEach(BiConsumer<Claim, RoaringBitmap> consumer) {
        for (int i = 0; i < used; i++) {
            consumer.accept(claims[i], leavesOf[i]);
        }
    }

    private int find(Claim claim) {
        return Arrays.binarySearch(claims, 0, used, claim);
    }

    private void insert(int at, Claim claim, RoaringBitmap leaves) {
        if (used == claims.length) {
            claims = Arrays.copyOf(claims, 2 * used);
            leavesOf = Arrays.copyOf(leavesOf, 2 * used);
        }
        System.arraycopy(claims, at, claims, at + 1, used - at);
        System.arraycopy(leavesOf, at, leavesOf, at + 1, used - at);
        claims[at] = claim;
        leavesOf[at] = leaves;
        used++;
    }

    private void dropEmpty() {
        int kept = 0;
        for (int i = 0; i < used; i++) {
            if (!leavesOf[i].isEmpty()) {
                claims[kept] = claims[i];
                leavesOf[kept] = leavesOf[i];
                kept++;
            }
        }
        Arrays.fill(claims, kept, used, null);
        Arrays.fill(leavesOf, kept, used, null);
        used = kept;
    }
}
