package dev.peerscope.engine;

import java.util.ArrayList;
import java.util.List;

import org.roaringbitmap.RoaringBitmap;

/**
 * How often each leaf of a tree is there. The counters of all leaves stand side by side as one bitmap per binary digit, so that
 * adding a peer costs some bitmap operations however many leaves it has.
 */
final class CopyCounts {

    /** How many leaves have the fewest copies, and how many copies that is. */
    record Rarest(int copies, long leaves) {}

    /** Digit {@code i} of every leaf's count, the lowest first. */
    private final List<RoaringBitmap> digits = new ArrayList<>();

    void add(RoaringBitmap leaves) {
        RoaringBitmap carry = leaves;
        for (int i = 0; !carry.isEmpty(); i++) {
            if (i == digits.size()) {
                digits.add(new RoaringBitmap());
            }
            RoaringBitmap digit = digits.get(i);
            RoaringBitmap next = RoaringBitmap.and(digit, carry);
            digit.xor(carry);
            carry = next;
        }
    }

    /** The fewest copies among these leaves, of which there is at least one. */
    Rarest rarest(RoaringBitmap among) {
        RoaringBitmap candidates = among;
        int copies = 0;
        for (int i = digits.size() - 1; i >= 0; i--) {
            RoaringBitmap without = RoaringBitmap.andNot(candidates, digits.get(i));
            if (without.isEmpty()) {
                copies |= 1 << i;
            } else {
                candidates = without;
            }
        }
        return new Rarest(copies, candidates.getLongCardinality());
    }

    /** The most copies among these leaves. */
    int most(RoaringBitmap among) {
        RoaringBitmap candidates = among;
        int copies = 0;
        for (int i = digits.size() - 1; i >= 0; i--) {
            RoaringBitmap with = RoaringBitmap.and(candidates, digits.get(i));
            if (!with.isEmpty()) {
                copies |= 1 << i;
                candidates = with;
            }
        }
        return copies;
    }

    /** The copies of all leaves from one index to another, both included. */
    long sum(long first, long last) {
        long sum = 0;
        for (int i = 0; i < digits.size(); i++) {
            sum += digits.get(i).rangeCardinality(first, last + 1) << i;
        }
        return sum;
    }

    /** Those of the leaves that have no copy. */
    RoaringBitmap without(RoaringBitmap among) {
        RoaringBitmap without = among.clone();
        digits.forEach(without::andNot);
        return without;
    }
}
