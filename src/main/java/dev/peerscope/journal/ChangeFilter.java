package dev.peerscope.journal;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.peer.PeerId;

/**
 * Which changes a reader wishes to see; what is empty does not restrict.
 *
 * @param tree only leaves of this tree
 * @param changes only these kinds
 * @param reasons only for these reasons
 * @param since not before this time
 * @param until before this time
 */
public record ChangeFilter(Optional<PeerId> peer, Optional<Cid> tree, Set<PresenceChange> changes,
        Set<PresenceReason> reasons, Optional<Instant> since, Optional<Instant> until) {

    /** Every change. */
    public static final ChangeFilter ALL = new ChangeFilter(Optional.empty(), Optional.empty(), Set.of(), Set.of(),
            Optional.empty(), Optional.empty());

    public ChangeFilter {
        changes = Set.copyOf(changes);
        reasons = Set.copyOf(reasons);
    }

    /** Every change at this peer. */
    public static ChangeFilter of(PeerId peer) {
        return new ChangeFilter(Optional.of(peer), Optional.empty(), Set.of(), Set.of(), Optional.empty(),
                Optional.empty());
    }

    /** Whether the change is one of those that the reader wishes to see. */
    public boolean matches(PresenceChanged change) {
        return (peer.isEmpty() || peer.get().equals(change.peer()))
                && (changes.isEmpty() || changes.contains(change.change()))
                && (reasons.isEmpty() || reasons.contains(change.reason()))
                && (since.isEmpty() || !change.at().isBefore(since.get()))
                && (until.isEmpty() || change.at().isBefore(until.get()))
                && (tree.isEmpty() || isOfTree(change.blocks(), tree.get()));
    }

    private static boolean isOfTree(BlockSet blocks, Cid tree) {
        return switch (blocks) {
            case BlockSet.Leaves leaves -> leaves.treeCid().equals(tree);
            case BlockSet.Single _ -> false;
        };
    }
}
