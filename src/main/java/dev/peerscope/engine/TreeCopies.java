package dev.peerscope.engine;

import java.util.ArrayList;
import java.util.List;

import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.engine.EngineReader.CopiesInBucket;
import dev.peerscope.engine.EngineReader.TreeAvailability;

/** How often some leaves of one tree are there. */
final class TreeCopies {

    private final RoaringBitmap leaves;
    private final CopyCounts copies;

    /**
     * @param leaves
     *            those in question
     * @param copies
     *            of these and perhaps other leaves of the tree
     */
    TreeCopies(RoaringBitmap leaves, CopyCounts copies) {
        this.leaves = leaves;
        this.copies = copies;
    }

    /** As {@link Availability#distributedCopies} counts; 0 without leaves. */
    double distributedCopies() {
        if (leaves.isEmpty()) {
            return 0;
        }
        CopyCounts.Rarest rarest = copies.rarest(leaves);
        return rarest.copies() + 1 - (double) rarest.leaves() / leaves.getLongCardinality();
    }

    TreeAvailability availability(int bucketsMax, int rangesMax, int seeders) {
        BlockRanges oneMore = Bitmaps.toRanges(copies.without(leaves), 0, rangesMax + 1);
        return new TreeAvailability(buckets(bucketsMax), distributedCopies(), oneMore.truncated(rangesMax),
                oneMore.rangeCount() > rangesMax, seeders);
    }

    /** Each of them has as many leaves as the others, or one more. */
    private List<CopiesInBucket> buckets(int bucketsMax) {
        long count = leaves.getLongCardinality();
        long number = Math.min(bucketsMax, count);
        List<CopiesInBucket> buckets = new ArrayList<>();
        for (long i = 0; i < number; i++) {
            buckets.add(bucket(count * i / number, count * (i + 1) / number - 1));
        }
        return buckets;
    }

    private CopiesInBucket bucket(long firstRank, long lastRank) {
        int first = leaves.select((int) firstRank);
        int last = leaves.select((int) lastRank);
        RoaringBitmap among = leaves.selectRange(first, last + 1L);
        double mean = (double) copies.sum(among) / (lastRank - firstRank + 1);
        return new CopiesInBucket(first, last, copies.rarest(among).copies(), mean, copies.most(among));
    }
}
