package dev.peerscope.engine;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;

/**
 * What all peers told us, by what it is about: the inverse of the have-sets. Kept in step with every change, so that no question
 * about a block, a tree or all of it has to ask every peer.
 */
final class PresenceIndex {

    private final AddressSet wants;
    /** Trees of which any peer told us anything. */
    private final Map<Cid, TreeSwarm> trees = new LinkedHashMap<>();
    private final SingleNumbers numbers = new SingleNumbers();
    /** Of single blocks, by their numbers. */
    private final TreeSwarm singles = new TreeSwarm(0);
    private long haves;
    private long denials;
    /** Blocks that at least one peer has. */
    private long available;

    /** @param wants what we want, as it changes */
    PresenceIndex(AddressSet wants) {
        this.wants = wants;
    }

    /** These are wanted from now on. */
    void wantsBegun(AddressSet begun) {
        begun.singles().forEach(numbers::begin);
        recountWants(begun);
    }

    /** These are not wanted any more, and nothing is known of them any more. */
    void wantsEnded(AddressSet ended) {
        ended.singles().forEach(numbers::end);
        recountWants(ended);
    }

    private void recountWants(AddressSet changed) {
        for (Cid tree : changed.leaves().keySet()) {
            TreeSwarm swarm = trees.get(tree);
            if (swarm != null) {
                swarm.wanted(wants.leaves(tree).getLongCardinality());
            }
        }
        if (!changed.singles().isEmpty()) {
            singles.wanted(numbers.all().getLongCardinality());
        }
    }

    /** What the peer says of leaves of a tree changed. */
    void leavesChanged(PeerContext context, Cid tree, TreePresence presence, RoaringBitmap leaves, Claim from,
            Claim to) {
        TreeSwarm swarm = trees.get(tree);
        if (swarm == null) {
            swarm = new TreeSwarm(wants.leaves(tree).getLongCardinality());
            trees.put(tree, swarm);
        }
        changed(swarm, context, presence, leaves, from, to);
        if (swarm.isEmpty()) {
            trees.remove(tree);
        }
    }

    /** What the peer says of single blocks changed; the blocks go by their numbers. */
    void singlesChanged(PeerContext context, TreePresence presence, RoaringBitmap blocks, Claim from, Claim to) {
        changed(singles, context, presence, blocks, from, to);
    }

    private void changed(TreeSwarm swarm, PeerContext context, TreePresence presence, RoaringBitmap blocks, Claim from,
            Claim to) {
        long count = blocks.getLongCardinality();
        count(from, -count);
        count(to, count);
        available -= swarm.copies().covered();
        swarm.changed(context, presence, blocks, from, to);
        available += swarm.copies().covered();
    }

    private void count(Claim claim, long blocks) {
        if (claim.isHave()) {
            haves += blocks;
        } else if (claim.equals(Claim.DENIED)) {
            denials += blocks;
        }
    }

    SingleNumbers numbers() {
        return numbers;
    }

    /** What is known of a tree; empty when no peer told us anything of it. */
    Optional<TreeSwarm> swarm(Cid tree) {
        return Optional.ofNullable(trees.get(tree));
    }

    /** What is known of single blocks, by their numbers. */
    TreeSwarm singles() {
        return singles;
    }

    /** Calls for each peer that told us something of this block, in the order of their ids. */
    void forEach(BlockAddress address, TreeSwarm.Claims claims) {
        if (!wants.contains(address)) {
            return;
        }
        switch (address) {
            case BlockAddress.Leaf(var tree, var index) ->
                swarm(tree).ifPresent(swarm -> swarm.forEach((int) index, claims));
            case BlockAddress.Standalone(var cid) ->
                numbers.of(cid).ifPresent(number -> singles.forEach(number, claims));
        }
    }

    /** Peers that told us something of this tree. For reading, and only until the next change. */
    List<PeerContext> knowingTree(Cid tree) {
        return swarm(tree).map(TreeSwarm::peers).orElse(List.of());
    }

    /** Peers that may know something of these blocks: all others certainly do not. */
    Set<PeerContext> knowingAnyOf(AddressSet blocks) {
        Set<PeerContext> knowing = new LinkedHashSet<>();
        blocks.leaves().keySet().forEach(tree -> knowing.addAll(knowingTree(tree)));
        if (!blocks.singles().isEmpty()) {
            knowing.addAll(singles.peers());
        }
        return knowing;
    }

    /** The number of peers that have any of these blocks. */
    int having(AddressSet blocks) {
        var having = new RoaringBitmap();
        blocks.leaves().forEach((tree, leaves) -> swarm(tree)
                .ifPresent(swarm -> having.or(swarm.having(leaves, wants.leaves(tree)))));
        if (!blocks.singles().isEmpty()) {
            having.or(singles.having(numbers.of(blocks.singles()), numbers.all()));
        }
        return having.getCardinality();
    }

    /** Haves of all peers together. */
    long haves() {
        return haves;
    }

    /** Denials of all peers together. */
    long denials() {
        return denials;
    }

    /** The number of blocks that we want and no peer has. */
    long unavailable() {
        return wants.size() - available;
    }
}
