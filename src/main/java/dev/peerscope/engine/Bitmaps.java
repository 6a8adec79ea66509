package dev.peerscope.engine;

import org.roaringbitmap.RoaringBitmap;

import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;

/** Between the ranges of messages and events and the bitmaps in which the engine keeps indices. */
final class Bitmaps {

    /** The highest leaf index that the engine keeps anything about. */
    static final long INDEX_MAX = Integer.MAX_VALUE - 1L;

    private Bitmaps() {}

    /** Adds the indices up to {@link #INDEX_MAX}. */
    static void addRanges(RoaringBitmap bitmap, BlockRanges ranges) {
        ranges.forEachRange((first, last) -> {
            if (first <= INDEX_MAX) {
                bitmap.add(first, Math.min(last, INDEX_MAX) + 1);
            }
        });
    }

    static RoaringBitmap of(BlockRanges ranges) {
        var bitmap = new RoaringBitmap();
        addRanges(bitmap, ranges);
        return bitmap;
    }

    static BlockRanges toRanges(RoaringBitmap bitmap) {
        return toRanges(bitmap, 0, Integer.MAX_VALUE);
    }

    /** At most so many ranges, beginning at or after an index. */
    static BlockRanges toRanges(RoaringBitmap bitmap, long fromIndex, int rangesMax) {
        var ranges = BlockRanges.builder();
        long first = fromIndex > INDEX_MAX ? -1 : bitmap.nextValue((int) fromIndex);
        for (int i = 0; i < rangesMax && first >= 0; i++) {
            long next = bitmap.nextAbsentValue((int) first);
            ranges.add(first, next - 1);
            first = bitmap.nextValue((int) next);
        }
        return ranges.build();
    }

    static BlockSet.Leaves toLeaves(Cid tree, RoaringBitmap bitmap) {
        return new BlockSet.Leaves(tree, toRanges(bitmap));
    }
}
