package dev.peerscope.engine;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;

/**
 * Which peers told us anything about a tree or a single block, so that nobody has to ask them all. The inverse of the have-sets:
 * a peer stands under a tree exactly as long as it has a have or a denial in it.
 */
final class PresenceIndex {

    private final Map<Cid, Set<PeerContext>> byTree = new LinkedHashMap<>();
    private final Map<Cid, Set<PeerContext>> bySingle = new LinkedHashMap<>();

    /** What is known of these blocks at a peer may have begun or ended. */
    void update(PeerContext context, AddressSet blocks) {
        for (Cid tree : blocks.leaves().keySet()) {
            update(byTree, tree, context, context.haveSet().knowsTree(tree));
        }
        for (Cid cid : blocks.singles()) {
            update(bySingle, cid, context, context.haveSet().knowsSingle(cid));
        }
    }

    private static void update(Map<Cid, Set<PeerContext>> index, Cid cid, PeerContext context, boolean known) {
        if (known) {
            index.computeIfAbsent(cid, _ -> new LinkedHashSet<>()).add(context);
        } else {
            index.computeIfPresent(cid, (_, contexts) -> {
                contexts.remove(context);
                return contexts.isEmpty() ? null : contexts;
            });
        }
    }

    /** Peers that told us something about this tree. */
    Collection<PeerContext> knowingTree(Cid tree) {
        return Collections.unmodifiableCollection(byTree.getOrDefault(tree, Set.of()));
    }

    /** Peers that told us something about this single block. */
    Collection<PeerContext> knowingSingle(Cid cid) {
        return Collections.unmodifiableCollection(bySingle.getOrDefault(cid, Set.of()));
    }

    /** Peers that may know something about this block: all others certainly do not. */
    Collection<PeerContext> knowing(BlockAddress address) {
        return switch (address) {
            case BlockAddress.Leaf(var tree, _) -> knowingTree(tree);
            case BlockAddress.Standalone(var cid) -> knowingSingle(cid);
        };
    }

    /** Peers that know something about the trees and single blocks of this set. */
    Set<PeerContext> knowingAnyOf(AddressSet blocks) {
        Set<PeerContext> knowing = new LinkedHashSet<>();
        blocks.leaves().keySet().forEach(tree -> knowing.addAll(knowingTree(tree)));
        blocks.singles().forEach(cid -> knowing.addAll(knowingSingle(cid)));
        return knowing;
    }
}
