package dev.peerscope.engine;

import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;

/** Where a page begins: after an address, in the order of addresses, whether that address is still there or not. */
final class Slices {

    private Slices() {}

    /** The leaves of a tree that come after an address. */
    static PeekableIntIterator indicesAfter(Cid tree, RoaringBitmap leaves, Optional<BlockAddress> after) {
        long first = after.map(address -> firstIndexAfter(tree, address)).orElse(0L);
        if (first > Bitmaps.INDEX_MAX) {
            return new RoaringBitmap().getIntIterator();
        }
        PeekableIntIterator indices = leaves.getIntIterator();
        indices.advanceIfNeeded((int) first);
        return indices;
    }

    private static long firstIndexAfter(Cid tree, BlockAddress after) {
        return switch (after) {
            case BlockAddress.Standalone _ -> Long.MAX_VALUE;
            case BlockAddress.Leaf(var of, var index) -> {
                int order = tree.compareTo(of);
                yield order > 0 ? 0 : order < 0 ? Long.MAX_VALUE : Math.min(index, Bitmaps.INDEX_MAX) + 1;
            }
        };
    }

    /** The single blocks that come after an address: all of them after a leaf. */
    static NavigableSet<Cid> singlesAfter(NavigableSet<Cid> singles, Optional<BlockAddress> after) {
        return after.orElse(null) instanceof BlockAddress.Standalone(var cid) ? singles.tailSet(cid, false) : singles;
    }

    static List<Cid> after(NavigableSet<Cid> cids, Optional<Cid> after, int limit) {
        return after.map(cid -> cids.tailSet(cid, false)).orElse(cids).stream().limit(limit).toList();
    }
}
