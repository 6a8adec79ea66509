package dev.peerscope.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.Price;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.event.PresenceState;
import dev.peerscope.peer.PeerId;

/**
 * What is known of one peer's blocks, put together from the changes of it and nothing else: the fold that makes a state of a
 * journal. Cost and memory go by ranges. For use by one thread.
 */
public final class PeerPresence {

    /** What a peer said of a block: that it has it, at this price, or that it does not when there is none. */
    public record Told(Optional<Price> price) {

        /** That it does not have it. */
        public static final Told DENIED = new Told(Optional.empty());

        /** Whether it has the block. */
        public boolean isHave() {
            return price.isPresent();
        }
    }

    private final TreeMap<Cid, RunMap<Told>> trees = new TreeMap<>();
    private final TreeMap<Cid, Told> singles = new TreeMap<>();

    /** Goes on to what is known after this change. What was known before may differ from what the change says of it. */
    public PeerPresence apply(PresenceChanged change) {
        switch (change.change()) {
            case ADDED, REPRICED -> tell(change.blocks(), new Told(change.price()));
            case DENIED -> tell(change.blocks(), Told.DENIED);
            case REMOVED, UNDENIED -> forget(change.blocks());
        }
        return this;
    }

    /** The peer said this of these blocks. */
    public void tell(BlockSet blocks, Told told) {
        switch (blocks) {
            case BlockSet.Leaves(Cid tree, BlockRanges ranges) -> {
                var runs = trees.computeIfAbsent(tree, _ -> new RunMap<>());
                ranges.forEachRange((first, last) -> runs.put(first, last, told));
            }
            case BlockSet.Single(Cid cid) -> singles.put(cid, told);
        }
    }

    private void forget(BlockSet blocks) {
        switch (blocks) {
            case BlockSet.Leaves(Cid tree, BlockRanges ranges) -> {
                var runs = trees.get(tree);
                if (runs != null) {
                    ranges.forEachRange(runs::clear);
                    if (runs.isEmpty()) {
                        trees.remove(tree);
                    }
                }
            }
            case BlockSet.Single(Cid cid) -> singles.remove(cid);
        }
    }

    /** Whether nothing is known. */
    public boolean isEmpty() {
        return trees.isEmpty() && singles.isEmpty();
    }

    /** The trees of which something is known, in order, each with the leaves of which the same was said. */
    public Map<Cid, Map<Told, BlockRanges>> trees() {
        Map<Cid, Map<Told, BlockRanges>> all = new LinkedHashMap<>();
        trees.forEach((tree, runs) -> all.put(tree, byWhatWasTold(runs)));
        return all;
    }

    private static Map<Told, BlockRanges> byWhatWasTold(RunMap<Told> runs) {
        Map<Told, BlockRanges.Builder> collected = new LinkedHashMap<>();
        runs.forEach((first, last, told) -> collected.computeIfAbsent(told, _ -> BlockRanges.builder()).add(first,
                last));
        Map<Told, BlockRanges> built = new LinkedHashMap<>();
        collected.forEach((told, ranges) -> built.put(told, ranges.build()));
        return built;
    }

    /** What is known of blocks on their own, in the order of their CIDs. */
    public Map<Cid, Told> singles() {
        return new LinkedHashMap<>(singles);
    }

    /** The fewest changes after which nothing is known any more. */
    public List<PresenceChanged> ending(Instant at, PeerId peer, PresenceReason reason) {
        List<PresenceChanged> changes = new ArrayList<>();
        trees().forEach((tree, told) -> told.forEach(
                (what, ranges) -> changes.add(end(at, peer, reason, new BlockSet.Leaves(tree, ranges), what))));
        singles.forEach((cid, what) -> changes.add(end(at, peer, reason, new BlockSet.Single(cid), what)));
        return changes;
    }

    private static PresenceChanged end(Instant at, PeerId peer, PresenceReason reason, BlockSet blocks, Told told) {
        return new PresenceChanged(at, peer, told.isHave() ? PresenceChange.REMOVED : PresenceChange.UNDENIED, reason,
                blocks, Optional.empty(), told.price(),
                told.isHave() ? PresenceState.HAVE : PresenceState.DONT_HAVE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerPresence that && trees().equals(that.trees()) && singles.equals(that.singles);
    }

    @Override
    public int hashCode() {
        return 31 * trees().hashCode() + singles.hashCode();
    }

    @Override
    public String toString() {
        return trees() + " " + singles;
    }
}
