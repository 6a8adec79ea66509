package dev.peerscope.engine;

import java.time.Instant;
import java.util.Arrays;

import org.roaringbitmap.RoaringBitmap;

/**
 * When a peer last said what we know of the leaves of one tree, kept per bucket of neighbouring indices: some bytes per bucket
 * instead of a time per block.
 *
 * <p>A bucket's time is never later than the truth of any block in it. It moves when every known block of the bucket has been
 * told again, in one message or over several, and then to the time of the first of these tellings. A block may so read as
 * confirmed earlier than it was. Times are kept in tenths of a second since the first of them, rounded down; where the clock was
 * set back they are below it.
 */
final class ConfirmationTimes {

    /** Leaves share a time with 1,023 neighbours: as many are told in one message. */
    static final int LEAVES_BUCKET_BITS = 10;

    private static final int TICK_MILLIS = 100;
    /** Buckets whose times lie in one array. */
    private static final int PAGE_BITS = 6;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;
    private static final int INITIAL_PAGES = 1;
    private static final int[] NO_ROUNDS = {};
    private static final int ARRAY_BYTES = 16 + 4 * PAGE_SIZE;
    /** A number and two references. */
    private static final int PAGE_BYTES = 12;

    private final int bucketBits;

    /** Pages in ascending order; the times in them run in parallel. */
    private int[] pages = new int[INITIAL_PAGES];
    private int[][] confirmed = new int[INITIAL_PAGES][];
    /** When rounds that are open began; {@link #NO_ROUNDS} where none has been opened. */
    private int[][] roundBegan = new int[INITIAL_PAGES][];
    private int used;
    /** Arrays of times in use. */
    private int arrays;
    private long firstMillis;

    /** Blocks told since their bucket's round began, in buckets of which some known blocks are still to be told. */
    private final RoaringBitmap told = new RoaringBitmap();

    private ConfirmationTimes(int bucketBits) {
        this.bucketBits = bucketBits;
    }

    /** Of neighbouring leaves, which are told together as a rule. */
    static ConfirmationTimes ofLeaves() {
        return new ConfirmationTimes(LEAVES_BUCKET_BITS);
    }

    /** Of single blocks by number, which have nothing to do with each other: a time for each of them. */
    static ConfirmationTimes ofSingles() {
        return new ConfirmationTimes(0);
    }

    /** These blocks, which are among the known ones, were told just now. */
    void told(RoaringBitmap blocks, Instant now, ClaimedLeaves known) {
        if (used == 0) {
            firstMillis = now.toEpochMilli();
        }
        int time = (int) Math.floorDiv(now.toEpochMilli() - firstMillis, TICK_MILLIS);
        long next = blocks.nextValue(0);
        while (next >= 0) {
            int bucket = (int) (next >>> bucketBits);
            long end = (bucket + 1L) << bucketBits;
            toldInBucket(bucket, blocks, time, known);
            next = end > Bitmaps.INDEX_MAX ? -1 : blocks.nextValue((int) end);
        }
    }

    private void toldInBucket(int bucket, RoaringBitmap blocks, int time, ClaimedLeaves claims) {
        int page = page(bucket >>> PAGE_BITS);
        int at = bucket & PAGE_SIZE - 1;
        long first = (long) bucket << bucketBits;
        long end = first + (1L << bucketBits);
        int known = claims.known(first, end);
        if (blocks.rangeCardinality(first, end) == known) {
            confirmed[page][at] = time;
        } else {
            int[] began = roundsOf(page);
            if (!told.intersects(first, end)) {
                began[at] = time;
            }
            told.or(blocks.selectRange(first, end));
            if (told.rangeCardinality(first, end) < known) {
                return;
            }
            confirmed[page][at] = began[at];
        }
        if (!told.isEmpty()) {
            told.remove(first, end);
        }
    }

    /** These blocks are not known any more. */
    void forgotten(RoaringBitmap blocks) {
        told.andNot(blocks);
    }

    /** Whether some known blocks are still to be told before others count as confirmed. */
    boolean hasOpenRounds() {
        return !told.isEmpty();
    }

    /** Memory that the times take, in bytes. */
    long bytes() {
        return (long) ARRAY_BYTES * arrays + (long) PAGE_BYTES * pages.length + Bitmaps.bytes(told);
    }

    /** No block is known any more. */
    void clear() {
        used = 0;
        arrays = 0;
        told.clear();
    }

    /** The time for a known block. */
    Instant of(int index) {
        int bucket = index >>> bucketBits;
        int page = Arrays.binarySearch(pages, 0, used, bucket >>> PAGE_BITS);
        return Instant.ofEpochMilli(firstMillis + (long) TICK_MILLIS * confirmed[page][bucket & PAGE_SIZE - 1]);
    }

    private int[] roundsOf(int page) {
        if (roundBegan[page].length == 0) {
            roundBegan[page] = new int[PAGE_SIZE];
            arrays++;
        }
        return roundBegan[page];
    }

    private int page(int number) {
        if (used > 0 && pages[used - 1] == number) {
            return used - 1;
        }
        int at = Arrays.binarySearch(pages, 0, used, number);
        return at >= 0 ? at : insertPage(-at - 1, number);
    }

    private int insertPage(int at, int number) {
        if (used == pages.length) {
            // Grown by a half: peers by the thousand have a handful of these each.
            int room = used + (used >> 1) + 1;
            pages = Arrays.copyOf(pages, room);
            confirmed = Arrays.copyOf(confirmed, room);
            roundBegan = Arrays.copyOf(roundBegan, room);
        }
        System.arraycopy(pages, at, pages, at + 1, used - at);
        System.arraycopy(confirmed, at, confirmed, at + 1, used - at);
        System.arraycopy(roundBegan, at, roundBegan, at + 1, used - at);
        pages[at] = number;
        confirmed[at] = new int[PAGE_SIZE];
        arrays++;
        roundBegan[at] = NO_ROUNDS;
        used++;
        return at;
    }
}
