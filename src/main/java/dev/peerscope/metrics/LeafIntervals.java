package dev.peerscope.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

import dev.peerscope.block.BlockRanges;

/**
 * Since when one peer has which leaves of one tree: ranges that do not overlap, each with the time at which it began. Work and
 * memory go by ranges, never by leaves.
 */
final class LeafIntervals {

    /** Ranges that touch and began so close to one another are one: a dataset is told in many messages, one after the other. */
    static final Duration RESOLUTION = Duration.ofSeconds(1);

    private record Interval(long last, Instant begunAt) {}

    private final NavigableMap<Long, Interval> byFirst = new TreeMap<>();
    private final IntervalRoom room;

    LeafIntervals(IntervalRoom room) {
        this.room = room;
    }

    /** These leaves, none of which is open, are had from now on; the number of those that found no room. */
    long begin(BlockRanges leaves, Instant at) {
        long left = leaves.count();
        // Once there is no room the rest is not looked at: it may be in a million pieces.
        for (int i = 0; i < leaves.rangeCount() && begin(leaves.first(i), leaves.last(i), at); i++) {
            left -= leaves.last(i) - leaves.first(i) + 1;
        }
        return left;
    }

    private boolean begin(long first, long last, Instant at) {
        var below = byFirst.lowerEntry(first);
        if (below != null && below.getValue().last() == first - 1
                && Duration.between(below.getValue().begunAt(), at).compareTo(RESOLUTION) <= 0) {
            byFirst.put(below.getKey(), new Interval(last, below.getValue().begunAt()));
            return true;
        }
        return open(first, last, at);
    }

    private boolean open(long first, long last, Instant at) {
        if (!room.take()) {
            return false;
        }
        byFirst.put(first, new Interval(last, at));
        return true;
    }

    /**
     * These leaves are no longer had.
     *
     * @param begun
     *            receives the times at which those of them began that are open
     * @return the number of leaves that are still had but are lost to us: a range from which a middle went is two, for which
     *         there may be no room
     */
    long end(BlockRanges leaves, Set<Instant> begun) {
        long left = 0;
        for (int i = 0; i < leaves.rangeCount() && !byFirst.isEmpty(); i++) {
            left += end(leaves.first(i), leaves.last(i), begun);
        }
        return left;
    }

    private long end(long first, long last, Set<Instant> begun) {
        long left = 0;
        var entry = byFirst.floorEntry(first);
        if (entry == null || entry.getValue().last() < first) {
            entry = byFirst.higherEntry(first);
        }
        while (entry != null && entry.getKey() <= last) {
            long from = entry.getKey();
            Interval interval = entry.getValue();
            byFirst.remove(from);
            room.giveBack();
            begun.add(interval.begunAt());
            if (from < first && !open(from, first - 1, interval.begunAt())) {
                left += first - from;
            }
            if (last < interval.last() && !open(last + 1, interval.last(), interval.begunAt())) {
                left += interval.last() - last;
            }
            entry = byFirst.higherEntry(from);
        }
        return left;
    }

    boolean isEmpty() {
        return byFirst.isEmpty();
    }
}
