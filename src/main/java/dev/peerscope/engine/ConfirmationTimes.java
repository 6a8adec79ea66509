package dev.peerscope.engine;

import java.time.Instant;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

import org.roaringbitmap.RoaringBitmap;

/**
 * When a peer last said what we know of the leaves of one tree, kept per bucket of 1,024 neighbouring indices: some bytes per
 * bucket instead of a time per block.
 *
 * <p>A bucket's time is never later than the truth of any block in it. It moves when every known block of the bucket has been
 * told again, in one message or over several, and then to the time of the first of these tellings. A block may so read as
 * confirmed earlier than it was. Times are kept in milliseconds, rounded down.
 */
final class ConfirmationTimes {

    static final int BUCKET_BITS = 10;
    static final int BUCKET_SIZE = 1 << BUCKET_BITS;

    private static final int INITIAL_BUCKETS = 4;

    /** Buckets in ascending order; the arrays below run in parallel. */
    private int[] buckets = new int[INITIAL_BUCKETS];
    private long[] confirmed = new long[INITIAL_BUCKETS];
    private long[] roundBegan = new long[INITIAL_BUCKETS];
    private int used;

    /** Blocks told since their bucket's round began, in buckets of which some known blocks are still to be told. */
    private final RoaringBitmap told = new RoaringBitmap();

    /**
     * These blocks were told just now and are known.
     *
     * @param knownInBucket known blocks of a bucket, the told ones included
     */
    void told(RoaringBitmap blocks, Instant now, IntUnaryOperator knownInBucket) {
        long next = blocks.nextValue(0);
        while (next >= 0) {
            int bucket = (int) (next >>> BUCKET_BITS);
            toldInBucket(bucket, blocks, now.toEpochMilli(), knownInBucket.applyAsInt(bucket));
            next = blocks.nextValue((bucket + 1) << BUCKET_BITS);
        }
    }

    private void toldInBucket(int bucket, RoaringBitmap blocks, long now, int known) {
        int at = slot(bucket, now);
        long first = (long) bucket << BUCKET_BITS;
        long end = first + BUCKET_SIZE;
        boolean roundOpen = told.intersects(first, end);
        if (!roundOpen) {
            roundBegan[at] = now;
        }
        if (blocks.rangeCardinality(first, end) < known) {
            told.or(blocks.selectRange(first, end));
            if (told.rangeCardinality(first, end) < known) {
                return;
            }
            confirmed[at] = roundBegan[at];
        } else {
            confirmed[at] = now;
        }
        told.remove(first, end);
    }

    /** These blocks are not known any more. */
    void forgotten(RoaringBitmap blocks) {
        told.andNot(blocks);
    }

    /** The time for a known block. */
    Instant of(int index) {
        int at = Arrays.binarySearch(buckets, 0, used, index >>> BUCKET_BITS);
        return Instant.ofEpochMilli(confirmed[at]);
    }

    private int slot(int bucket, long now) {
        int at = Arrays.binarySearch(buckets, 0, used, bucket);
        if (at >= 0) {
            return at;
        }
        int free = -at - 1;
        if (used == buckets.length) {
            buckets = Arrays.copyOf(buckets, 2 * used);
            confirmed = Arrays.copyOf(confirmed, 2 * used);
            roundBegan = Arrays.copyOf(roundBegan, 2 * used);
        }
        System.arraycopy(buckets, free, buckets, free + 1, used - free);
        System.arraycopy(confirmed, free, confirmed, free + 1, used - free);
        System.arraycopy(roundBegan, free, roundBegan, free + 1, used - free);
        used++;
        buckets[free] = bucket;
        confirmed[free] = now;
        return free;
    }
}
