package dev.peerscope.wire.codex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.Price;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.PresenceType;
import dev.peerscope.wire.Slice;

/**
 * Joins presence records to runs while they are read.
 *
 * <p>As long as the leaves of one tree come in ascending order, a run is open for each pair of type and price, and each
 * leaf extends its run: a peer that has every other block costs two runs, not one for each block. Ascending leaves
 * cannot repeat, so open runs share no block and their order does not matter. A leaf that does not ascend, another tree,
 * or a pair too many closes the open runs, which keeps "the last one holds" true for what does repeat.
 */
final class PresenceRuns {

    /** Pairs of type and price that are open at a time; a peer with a price for each block gets shorter runs. */
    private static final int OPEN_MAX = 8;

    private final List<BlockPresence> closed = new ArrayList<>();
    private final List<OpenRun> open = new ArrayList<>(OPEN_MAX);
    private @Nullable Cid tree;
    private long highest;
    private @Nullable OpenRun last;

    /** Adds what is said of one leaf. */
    void addLeaf(Cid treeCid, long index, PresenceType type, Price price) {
        if (tree == null || !tree.equals(treeCid) || index <= highest) {
            closeRuns();
            tree = treeCid;
        }
        highest = index;
        OpenRun run = last;
        if (run == null || !run.isOf(type, price)) {
            run = openRun(type, price);
            last = run;
        }
        run.indices.add(index);
    }

    /** Notes how the record of the last leaf ended, after its index. */
    void markLast(long tail) {
        if (last != null) {
            last.tail = tail;
        }
    }

    /**
     * Adds a leaf of the same tree to the run of an earlier record that ended in the same bytes.
     *
     * @return false when there is no such run, or the leaf does not ascend; nothing has been added then
     */
    boolean extend(byte[] bytes, long tail, long index) {
        if (index <= highest) {
            return false;
        }
        OpenRun run = last;
        if (run == null || !run.endsIn(bytes, tail)) {
            run = runEndingIn(bytes, tail);
            if (run == null) {
                return false;
            }
            last = run;
        }
        highest = index;
        run.indices.add(index);
        return true;
    }

    private @Nullable OpenRun runEndingIn(byte[] bytes, long tail) {
        for (OpenRun run : open) {
            if (run.endsIn(bytes, tail)) {
                return run;
            }
        }
        return null;
    }

    private OpenRun openRun(PresenceType type, Price price) {
        for (OpenRun run : open) {
            if (run.isOf(type, price)) {
                return run;
            }
        }
        if (open.size() == OPEN_MAX) {
            closeRuns();
        }
        OpenRun run = new OpenRun(type, price);
        open.add(run);
        return run;
    }

    /** Adds what is said of one block by its own CID. It is no leaf, so the open runs may go on. */
    void addSingle(Cid cid, PresenceType type, Price price) {
        closed.add(new BlockPresence(new BlockSet.Single(cid), type, price));
    }

    /** The runs of the message, of two that speak of the same block the later one last; then starts anew. */
    List<BlockPresence> take() {
        closeRuns();
        tree = null;
        List<BlockPresence> taken = List.copyOf(closed);
        closed.clear();
        return taken;
    }

    private void closeRuns() {
        if (tree != null) {
            for (OpenRun run : open) {
                closed.add(new BlockPresence(new BlockSet.Leaves(tree, run.indices.build()), run.type, run.price));
            }
        }
        open.clear();
        last = null;
    }

    private static final class OpenRun {

        private final PresenceType type;
        private final Price price;
        private final BlockRanges.Builder indices = BlockRanges.builder();
        private long tail = Slice.ABSENT;

        OpenRun(PresenceType type, Price price) {
            this.type = type;
            this.price = price;
        }

        boolean isOf(PresenceType otherType, Price otherPrice) {
            return type == otherType && price.equals(otherPrice);
        }

        boolean endsIn(byte[] bytes, long other) {
            return !Slice.isAbsent(tail) && Arrays.equals(bytes, Slice.from(tail), Slice.to(tail), bytes,
                    Slice.from(other), Slice.to(other));
        }
    }
}
