package dev.peerscope.metrics;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;

/** Since when one peer has what it has. */
final class PeerIntervals {

    private final Map<Cid, LeafIntervals> trees = new HashMap<>();
    private final Map<Cid, Instant> singles = new HashMap<>();
    private final IntervalRoom room;

    PeerIntervals(IntervalRoom room) {
        this.room = room;
    }

    /** These blocks, none of which is open, are had from now on; the number of those that found no room. */
    long begin(BlockSet blocks, Instant at) {
        return switch (blocks) {
            case BlockSet.Leaves(var tree, var ranges) -> {
                var leaves = trees.computeIfAbsent(tree, _ -> new LeafIntervals(room));
                long left = leaves.begin(ranges, at);
                forgetIfEmpty(tree, leaves);
                yield left;
            }
            case BlockSet.Single(var cid) -> {
                if (!room.take()) {
                    yield 1;
                }
                singles.put(cid, at);
                yield 0;
            }
        };
    }

    /** These blocks are no longer had: when they began, and how many that are still had found no room. */
    Ended end(BlockSet blocks) {
        return switch (blocks) {
            case BlockSet.Leaves(var tree, var ranges) -> {
                var leaves = trees.get(tree);
                if (leaves == null) {
                    yield Ended.NOTHING;
                }
                Set<Instant> begun = new HashSet<>();
                long left = leaves.end(ranges, begun);
                forgetIfEmpty(tree, leaves);
                yield new Ended(begun, left);
            }
            case BlockSet.Single(var cid) -> {
                var begunAt = singles.remove(cid);
                if (begunAt == null) {
                    yield Ended.NOTHING;
                }
                room.giveBack();
                yield new Ended(Set.of(begunAt), 0);
            }
        };
    }

    private void forgetIfEmpty(Cid tree, LeafIntervals leaves) {
        if (leaves.isEmpty()) {
            trees.remove(tree);
        }
    }

    /** Forgets everything. */
    void clear() {
        trees.clear();
        singles.clear();
        room.giveBackAll();
    }

    /**
     * What an end brought.
     *
     * @param begun
     *            when the blocks had begun, each time once
     * @param left
     *            blocks that are still had and are no longer followed, for want of room
     */
    record Ended(Set<Instant> begun, long left) {

        static final Ended NOTHING = new Ended(Set.of(), 0);
    }
}
