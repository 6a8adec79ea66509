package dev.peerscope.engine;

import java.util.ArrayList;
import java.util.List;

import org.roaringbitmap.RoaringBitmap;

/**
 * How often each leaf of a tree is there. The counters of all leaves stand side by side as one bitmap per binary digit, so that
 * leaves that come or go together cost some bitmap operations however many they are, and sparse or uniform counts cost little
 * memory.
 */
final class CopyCounts {

    /** How many leaves have the fewest copies, and how many copies that is. */
    record Rarest(int copies, long leaves) {}

    /** Digit {@code i} of every leaf's count, the lowest first; the highest has at least one leaf. */
    private final List<RoaringBitmap> digits = new ArrayList<>();
    private long covered;

    /**
     * One copy more of each of these.
     *
     * @param coverable the number of leaves that can have copies: when all of them have one, there is nothing to look for
     */
    void add(RoaringBitmap leaves, long coverable) {
        covered += covered == coverable ? 0 : uncovered(leaves);
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

    /** One copy less of each of these, which have at least one. */
    void subtract(RoaringBitmap leaves) {
        RoaringBitmap borrow = leaves;
        for (int i = 0; !borrow.isEmpty(); i++) {
            if (i == digits.size()) {
                throw new IllegalStateException("a copy less of leaves without one: " + borrow);
            }
            RoaringBitmap digit = digits.get(i);
            RoaringBitmap next = RoaringBitmap.andNot(borrow, digit);
            digit.xor(borrow);
            borrow = next;
        }
        while (!digits.isEmpty() && digits.getLast().isEmpty()) {
            digits.removeLast();
        }
        covered -= uncovered(leaves);
    }

    /** Leaves with at least one copy. */
    long covered() {
        return covered;
    }

    /** How many of these have no copy. */
    private long uncovered(RoaringBitmap among) {
        RoaringBitmap rest = among;
        for (int i = 0; i < digits.size() && !rest.isEmpty(); i++) {
            rest = RoaringBitmap.andNot(rest, digits.get(i));
        }
        return rest.getLongCardinality();
    }

    /** The copies of one leaf. */
    int of(int index) {
        int copies = 0;
        for (int i = 0; i < digits.size(); i++) {
            copies |= digits.get(i).contains(index) ? 1 << i : 0;
        }
        return copies;
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

    /** The copies of all these leaves together. */
    long sum(RoaringBitmap among) {
        long sum = 0;
        for (int i = 0; i < digits.size(); i++) {
            sum += (long) RoaringBitmap.andCardinality(digits.get(i), among) << i;
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
