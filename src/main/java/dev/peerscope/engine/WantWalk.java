package dev.peerscope.engine;

import java.util.NavigableSet;

import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.Cid;

/**
 * A walk over a set of addresses in their order, some at a time. The set may change meanwhile: the walk visits what lies ahead
 * of it when it gets there.
 */
final class WantWalk {

    private final AddressSet blocks;
    /** The walk goes on at or after this leaf of this tree; without a tree it has come to the single blocks. */
    private @Nullable Cid tree;
    private int index;
    private @Nullable Cid lastSingle;

    WantWalk(AddressSet blocks) {
        this.blocks = blocks;
        this.tree = blocks.leaves().isEmpty() ? null : blocks.leaves().firstKey();
    }

    /** What it walks over. For reading. */
    AddressSet blocks() {
        return blocks;
    }

    boolean ended() {
        return tree == null && singlesAhead().isEmpty();
    }

    /** The next addresses, at most so many; fewer only at the end. */
    AddressSet take(int max) {
        var taken = new AddressSet();
        int room = max;
        while (tree != null && room > 0) {
            room -= takeLeaves(tree, room, taken);
        }
        for (Cid cid : singlesAhead()) {
            if (room == 0) {
                break;
            }
            taken.addSingle(cid);
            lastSingle = cid;
            room--;
        }
        return taken;
    }

    private int takeLeaves(Cid from, int room, AddressSet taken) {
        PeekableIntIterator ahead = blocks.leaves(from).getIntIterator();
        ahead.advanceIfNeeded(index);
        var leaves = new RoaringBitmap();
        int count = 0;
        for (; count < room && ahead.hasNext(); count++) {
            leaves.add(ahead.next());
        }
        taken.addLeaves(from, leaves);
        if (ahead.hasNext()) {
            index = leaves.last() + 1;
        } else {
            tree = blocks.leaves().higherKey(from);
            index = 0;
        }
        return count;
    }

    private NavigableSet<Cid> singlesAhead() {
        return lastSingle == null ? blocks.singles() : blocks.singles().tailSet(lastSingle, false);
    }
}
