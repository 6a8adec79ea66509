package dev.peerscope.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.message.BlockPresence;

/**
 * What one message tells of the blocks that we want, each block once: of two records about the same block the last one holds.
 */
final class ToldPresence {

    private final Map<Cid, ClaimedLeaves> trees = new LinkedHashMap<>();
    private final Map<Cid, Claim> singles = new LinkedHashMap<>();
    private final AddressSet blocks = new AddressSet();
    private long ignored;
    private long overridden;

    ToldPresence(List<BlockPresence> presences, AddressSet wants) {
        for (BlockPresence presence : presences) {
            Claim claim = Claim.of(presence);
            switch (presence.blocks()) {
                case BlockSet.Leaves leaves -> addLeaves(leaves, claim, wants.leaves(leaves.treeCid()));
                case BlockSet.Single(var cid) -> addSingle(cid, claim, wants);
            }
        }
    }

    private void addLeaves(BlockSet.Leaves told, Claim claim, RoaringBitmap wanted) {
        if (wanted.isEmpty()) {
            ignored += told.count();
            return;
        }
        RoaringBitmap leaves = Bitmaps.of(told.ranges());
        leaves.and(wanted);
        long usable = leaves.getLongCardinality();
        ignored += told.count() - usable;
        if (usable > 0) {
            Cid tree = told.treeCid();
            ClaimedLeaves claims = trees.computeIfAbsent(tree, _ -> new ClaimedLeaves());
            long repeated = RoaringBitmap.andCardinality(leaves, blocks.leaves(tree));
            if (repeated == 0) {
                claims.add(leaves, claim);
            } else {
                claims.set(leaves, claim, ClaimedLeaves.Moves.UNHEARD);
            }
            overridden += repeated;
            blocks.addLeaves(tree, leaves);
        }
    }

    private void addSingle(Cid cid, Claim claim, AddressSet wants) {
        if (!wants.singles().contains(cid)) {
            ignored++;
            return;
        }
        if (singles.put(cid, claim) != null) {
            overridden++;
        }
        blocks.addSingle(cid);
    }

    Map<Cid, ClaimedLeaves> trees() {
        return trees;
    }

    Map<Cid, Claim> singles() {
        return singles;
    }

    /** All wanted blocks that the message speaks of. */
    AddressSet blocks() {
        return blocks;
    }

    /** Records about blocks that we do not want. */
    long ignored() {
        return ignored;
    }

    /** Records that a later one of the same message contradicts or repeats. */
    long overridden() {
        return overridden;
    }
}
