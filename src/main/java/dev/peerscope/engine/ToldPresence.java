package dev.peerscope.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.message.BlockPresence;

/**
 * What one message tells of the blocks that we want, each block once: of two records about the same block the last one holds.
 */
final class ToldPresence {

    private final SingleNumbers numbers;
    private final Map<Cid, ToldLeaves> trees = new LinkedHashMap<>();
    private final ToldLeaves singles = new ToldLeaves();
    /** Single blocks that were told of one after the other in the same words. */
    private RoaringBitmap alike = new RoaringBitmap();
    private Claim claimOfAlike = Claim.UNKNOWN;
    private long size;
    private long ignored;
    private long overridden;

    /** @param numbers of the single blocks that we want */
    ToldPresence(List<BlockPresence> presences, AddressSet wants, SingleNumbers numbers) {
        this.numbers = numbers;
        for (BlockPresence presence : presences) {
            Claim claim = Claim.of(presence);
            switch (presence.blocks()) {
                case BlockSet.Leaves leaves -> addLeaves(leaves, claim, wants.leaves(leaves.treeCid()));
                case BlockSet.Single(var cid) -> addSingle(cid, claim);
            }
        }
        endAlike();
    }

    private void addLeaves(BlockSet.Leaves told, Claim claim, RoaringBitmap wanted) {
        RoaringBitmap leaves = wanted.isEmpty() ? wanted : Bitmaps.of(told.ranges());
        if (!wanted.contains(leaves)) {
            leaves.and(wanted);
        }
        long usable = leaves.getLongCardinality();
        ignored += told.count() - usable;
        if (usable > 0) {
            add(trees.computeIfAbsent(told.treeCid(), _ -> new ToldLeaves()), leaves, usable, claim);
        }
    }

    private void addSingle(Cid cid, Claim claim) {
        OptionalInt number = numbers.of(cid);
        if (number.isEmpty()) {
            ignored++;
            return;
        }
        if (!claim.equals(claimOfAlike) || alike.contains(number.getAsInt())) {
            endAlike();
            claimOfAlike = claim;
        }
        alike.add(number.getAsInt());
    }

    private void endAlike() {
        if (!alike.isEmpty()) {
            add(singles, alike, alike.getLongCardinality(), claimOfAlike);
            alike = new RoaringBitmap();
        }
    }

    private void add(ToldLeaves told, RoaringBitmap leaves, long count, Claim claim) {
        long repeated = told.tell(leaves, claim);
        overridden += repeated;
        size += count - repeated;
    }

    Map<Cid, ToldLeaves> trees() {
        return trees;
    }

    /** By their numbers. */
    ToldLeaves singles() {
        return singles;
    }

    /** All wanted blocks that the message speaks of. For reading. */
    AddressSet blocks() {
        var blocks = new AddressSet();
        trees.forEach((tree, told) -> blocks.adopt(tree, told.leaves()));
        singles.leaves().stream().mapToObj(numbers::cid).forEach(blocks::addSingle);
        return blocks;
    }

    /** The number of wanted blocks that the message speaks of. */
    long size() {
        return size;
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
