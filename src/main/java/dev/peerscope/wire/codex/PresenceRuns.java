package dev.peerscope.wire.codex;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.Price;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.PresenceType;

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

    /** Starts a message, whatever became of the one before. */
    void begin() {
        closed.clear();
        open.clear();
        tree = null;
        last = null;
    }

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

    /** The runs of the message; of two that speak of the same block the later one came later. */
    List<BlockPresence> take() {
        closeRuns();
        return List.copyOf(closed);
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

    private record OpenRun(PresenceType type, Price price, BlockRanges.Builder indices) {

        OpenRun(PresenceType type, Price price) {
            this(type, price, BlockRanges.builder());
        }

        boolean isOf(PresenceType otherType, Price otherPrice) {
            return type == otherType && price.equals(otherPrice);
        }
    }
}
