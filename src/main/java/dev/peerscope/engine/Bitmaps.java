package dev.peerscope.engine;

import org.roaringbitmap.RoaringBitmap;

import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;

/** Between the ranges of messages and events and the bitmaps in which the engine keeps indices. */
final class Bitmaps {

    /** The highest leaf index that the engine keeps anything about. */
    static final long INDEX_MAX = Integer.MAX_VALUE - 1L;

    /** The objects of an empty bitmap, and what each of its containers takes beside the indices. */
    private static final int BITMAP_BYTES = 128;
    private static final int CONTAINER_BYTES = 64;

    private Bitmaps() {}

    /** Memory that a bitmap takes, in bytes: somewhat more than its indices, since containers grow ahead. */
    static long bytes(RoaringBitmap bitmap) {
        long indices = bitmap.getLongSizeInBytes();
        return BITMAP_BYTES + indices + indices / 4 + (long) CONTAINER_BYTES * bitmap.getContainerCount();
    }

    /** The indices up to {@link #INDEX_MAX}. */
    static RoaringBitmap of(BlockRanges ranges) {
        var builder = new BitmapBuilder(ranges.rangeCount());
        for (int i = 0; i < ranges.rangeCount() && ranges.first(i) <= INDEX_MAX; i++) {
            builder.add(ranges.first(i), Math.min(ranges.last(i), INDEX_MAX));
        }
        return builder.build();
    }

    static BlockRanges toRanges(RoaringBitmap bitmap) {
        return toRanges(bitmap, 0, Integer.MAX_VALUE);
    }

    /** At most so many ranges, beginning at or after an index. */
    static BlockRanges toRanges(RoaringBitmap bitmap, long fromIndex, int rangesMax) {
        return new BitmapRanges(fromIndex, rangesMax).read(bitmap);
    }

    static BlockSet.Leaves toLeaves(Cid tree, RoaringBitmap bitmap) {
        return new BlockSet.Leaves(tree, toRanges(bitmap));
    }
}
