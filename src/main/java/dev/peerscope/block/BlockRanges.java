package dev.peerscope.block;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * An immutable set of leaf indices, kept as inclusive ranges.
 *
 * <p>The ranges ascend, do not overlap and do not touch, so equal sets have equal ranges. Indices run from 0 to
 * {@link Long#MAX_VALUE}. Memory and all operations go by the number of ranges, never by the number of indices.
 */
public final class BlockRanges {

    /** The set without indices. */
    public static final BlockRanges EMPTY = new BlockRanges(new long[0]);

    /** The number of ranges that {@link #parse(String)} reads at most. */
    public static final int PARSED_RANGES_MAX = 100_000;

    /** First and last index of each range in turn. */
    private final long[] bounds;
    private final long count;

    private BlockRanges(long[] bounds) {
        this.bounds = bounds;
        this.count = countOf(bounds);
    }

    private static long countOf(long[] bounds) {
        long count = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            count += bounds[i + 1] - bounds[i] + 1;
        }
        // Only the set of all 2^63 indices is too large for a long.
        return count < 0 ? Long.MAX_VALUE : count;
    }

    /**
     * The indices from {@code first} to {@code last}, both included.
     *
     * @throws IllegalArgumentException when {@code first} is negative or {@code last} below it
     */
    public static BlockRanges of(long first, long last) {
        checkRange(first, last);
        return new BlockRanges(new long[]{first, last});
    }

    /**
     * The set of one index.
     *
     * @throws IllegalArgumentException when it is negative
     */
    public static BlockRanges ofIndex(long index) {
        return of(index, index);
    }

    /**
     * Reads what {@link #toString()} writes; ranges may also come in any order, and overlap.
     *
     * @throws InvalidBlockRanges naming the part that is at fault; more than {@link #PARSED_RANGES_MAX} ranges are refused
     */
    public static BlockRanges parse(String text) {
        return parse(text, PARSED_RANGES_MAX);
    }

    /**
     * As {@link #parse(String)}, with a bound of the caller's own.
     *
     * @throws InvalidBlockRanges naming the part that is at fault
     */
    public static BlockRanges parse(String text, int rangesMax) {
        return new BlockRangesParser(text, rangesMax).parse();
    }

    /** Collects indices and ranges in any order. */
    public static Builder builder() {
        return new Builder();
    }

    /** As {@link #builder()}, with room for so many ranges before it has to grow. */
    public static Builder builder(int ranges) {
        return new Builder(2 * ranges);
    }

    /** The number of indices; {@link Long#MAX_VALUE} also for the set of all 2^63. */
    public long count() {
        return count;
    }

    /** The number of ranges. */
    public int rangeCount() {
        return bounds.length / 2;
    }

    /** The first index of range {@code i}, counted from 0. */
    public long first(int i) {
        return bounds[2 * i];
    }

    /** The last index of range {@code i}, counted from 0. */
    public long last(int i) {
        return bounds[2 * i + 1];
    }

    /** Whether there is no index. */
    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /**
     * The lowest index.
     *
     * @throws NoSuchElementException when the set is empty
     */
    public long lowest() {
        checkNotEmpty();
        return bounds[0];
    }

    /**
     * The highest index.
     *
     * @throws NoSuchElementException when the set is empty
     */
    public long highest() {
        checkNotEmpty();
        return bounds[bounds.length - 1];
    }

    private void checkNotEmpty() {
        if (isEmpty()) {
            throw new NoSuchElementException("the empty set of indices has neither a lowest nor a highest");
        }
    }

    /** Whether the index is in the set. */
    public boolean contains(long index) {
        int at = Arrays.binarySearch(bounds, index);
        // Between two bounds, an index is inside when an odd number of bounds lies below it.
        return at >= 0 || (-at - 1) % 2 == 1;
    }

    /** Hands over the ranges in ascending order. */
    public void forEachRange(LongRangeConsumer consumer) {
        for (int i = 0; i < bounds.length; i += 2) {
            consumer.accept(bounds[i], bounds[i + 1]);
        }
    }

    /** The indices in ascending order. */
    public LongStream stream() {
        return IntStream.range(0, rangeCount()).mapToObj(i -> LongStream.rangeClosed(first(i), last(i)))
                .flatMapToLong(range -> range);
    }

    /** The indices that are in either set. */
    public BlockRanges union(BlockRanges other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        Builder union = new Builder(bounds.length + other.bounds.length);
        int i = 0;
        int j = 0;
        while (i < bounds.length || j < other.bounds.length) {
            if (j == other.bounds.length || i < bounds.length && bounds[i] <= other.bounds[j]) {
                union.add(bounds[i], bounds[i + 1]);
                i += 2;
            } else {
                union.add(other.bounds[j], other.bounds[j + 1]);
                j += 2;
            }
        }
        return union.build();
    }

    /** The indices that are in both sets. */
    public BlockRanges intersect(BlockRanges other) {
        Builder both = new Builder();
        int i = 0;
        int j = 0;
        while (i < bounds.length && j < other.bounds.length) {
            long first = Math.max(bounds[i], other.bounds[j]);
            long last = Math.min(bounds[i + 1], other.bounds[j + 1]);
            if (first <= last) {
                both.add(first, last);
            }
            if (bounds[i + 1] < other.bounds[j + 1]) {
                i += 2;
            } else {
                j += 2;
            }
        }
        return both.build();
    }

    /** The indices of this set that the other lacks. */
    public BlockRanges minus(BlockRanges other) {
        return other.isEmpty() ? this : intersect(other.complement());
    }

    private BlockRanges complement() {
        Builder gaps = new Builder(bounds.length + 2);
        long next = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            if (next < bounds[i]) {
                gaps.add(next, bounds[i] - 1);
            }
            if (bounds[i + 1] == Long.MAX_VALUE) {
                return gaps.build();
            }
            next = bounds[i + 1] + 1;
        }
        return gaps.add(next, Long.MAX_VALUE).build();
    }

    /** The first {@code ranges} ranges of this set, or all of it when it has no more. */
    public BlockRanges truncated(int ranges) {
        return ranges >= rangeCount() ? this : new BlockRanges(Arrays.copyOf(bounds, 2 * ranges));
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof BlockRanges that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /** The ranges as the API shows them: {@code 0-499,510}; nothing for the empty set. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        forEachRange((first, last) -> {
            if (!text.isEmpty()) {
                text.append(',');
            }
            text.append(first);
            if (first != last) {
                text.append('-').append(last);
            }
        });
        return text.toString();
    }

    private static void checkRange(long first, long last) {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException(first + "-" + last + " is no range of leaf indices");
        }
    }

    /** Collects indices and ranges in any order; ascending input costs no sorting. Not for use by several threads. */
    public static final class Builder {

        private static final int INITIAL_BOUNDS = 16;

        private long[] bounds;
        private int used;
        private boolean ascending = true;

        private Builder() {
            this(INITIAL_BOUNDS);
        }

        private Builder(int room) {
            this.bounds = new long[room];
        }

        /**
         * Adds one index.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder add(long index) {
            return add(index, index);
        }

        /**
         * Adds the indices from {@code first} to {@code last}, both included.
         *
         * @throws IllegalArgumentException when {@code first} is negative or {@code last} below it
         */
        public Builder add(long first, long last) {
            checkRange(first, last);
            if (used > 0 && bounds[used - 2] <= first && first - 1 <= bounds[used - 1]) {
                bounds[used - 1] = Math.max(bounds[used - 1], last);
                return this;
            }
            ascending &= used == 0 || bounds[used - 1] < first;
            if (used == bounds.length) {
                bounds = Arrays.copyOf(bounds, Math.max(INITIAL_BOUNDS, 2 * used));
            }
            bounds[used] = first;
            bounds[used + 1] = last;
            used += 2;
            return this;
        }

        /** The set of everything that was added. The builder can go on. */
        public BlockRanges build() {
            if (used == 0) {
                return EMPTY;
            }
            return new BlockRanges(ascending ? Arrays.copyOf(bounds, used) : sortedAndMerged());
        }

        /**
         * Firsts and lasts are sorted apart from each other: a gap lies before a first exactly when as many ranges have
         * ended below it as have started, which is when the last of the same rank is below it.
         */
        private long[] sortedAndMerged() {
            int ranges = used / 2;
            long[] firsts = new long[ranges];
            long[] lasts = new long[ranges];
            for (int i = 0; i < ranges; i++) {
                firsts[i] = bounds[2 * i];
                lasts[i] = bounds[2 * i + 1];
            }
            Arrays.sort(firsts);
            Arrays.sort(lasts);
            long[] merged = new long[used];
            int filled = 0;
            merged[filled++] = firsts[0];
            for (int i = 1; i < ranges; i++) {
                if (firsts[i] - 1 > lasts[i - 1]) {
                    merged[filled++] = lasts[i - 1];
                    merged[filled++] = firsts[i];
                }
            }
            merged[filled++] = lasts[ranges - 1];
            return Arrays.copyOf(merged, filled);
        }
    }
}
