package dev.peerscope.engine;

import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.event.PresenceState;

/**
 * What a peer told us about the blocks that we want: which it has, at which price, and which it denied. What it did not speak
 * of is unknown (protocol section 5.1). Changed by {@link PeerContext} alone, which turns every change into an event.
 */
final class HaveSet {

    /** Hears of blocks that went from one claim to a different one together. */
    @FunctionalInterface
    interface Changes {

        void changed(BlockSet blocks, Claim from, Claim to);
    }

    /** What is known of a single block. */
    record SinglePresence(Claim claim, Instant confirmedAt) {}

    private static final SinglePresence NOTHING = new SinglePresence(Claim.UNKNOWN, Instant.EPOCH);

    private final NavigableMap<Cid, TreePresence> trees = new TreeMap<>();
    private final NavigableMap<Cid, SinglePresence> singles = new TreeMap<>();
    private long haveCount;
    private long deniedCount;

    /** The peer said this of these leaves just now. */
    void told(Cid tree, RoaringBitmap leaves, Claim claim, Instant now, Changes changes) {
        trees.computeIfAbsent(tree, _ -> new TreePresence()).told(leaves, claim, now, movesIn(tree, changes));
    }

    /** The peer said this of a single block just now. */
    void told(Cid single, Claim claim, Instant now, Changes changes) {
        SinglePresence before = singles.put(single, new SinglePresence(claim, now));
        change(new BlockSet.Single(single), before == null ? Claim.UNKNOWN : before.claim, claim, changes);
    }

    /** What the peer said of these blocks no longer holds. */
    void forget(AddressSet blocks, Changes changes) {
        blocks.leaves().forEach((tree, leaves) -> trees.computeIfPresent(tree, (_, presence) -> {
            presence.forget(leaves, movesIn(tree, changes));
            return presence.claims().isEmpty() ? null : presence;
        }));
        for (Cid cid : blocks.singles()) {
            SinglePresence before = singles.remove(cid);
            if (before != null) {
                change(new BlockSet.Single(cid), before.claim, Claim.UNKNOWN, changes);
            }
        }
    }

    Claim claimOf(BlockAddress address) {
        return switch (address) {
            case BlockAddress.Leaf(var tree, var index) ->
                index > Bitmaps.INDEX_MAX ? Claim.UNKNOWN : claims(tree).claimOf((int) index);
            case BlockAddress.Standalone(var cid) -> singles.getOrDefault(cid, NOTHING).claim;
        };
    }

    /** When the peer last said what is known of a block, or earlier; empty for what is unknown. */
    Optional<Instant> confirmedAt(BlockAddress address) {
        if (claimOf(address).equals(Claim.UNKNOWN)) {
            return Optional.empty();
        }
        return switch (address) {
            case BlockAddress.Leaf(var tree, var index) ->
                Optional.ofNullable(trees.get(tree)).map(presence -> presence.confirmedAt((int) index));
            case BlockAddress.Standalone(var cid) ->
                Optional.ofNullable(singles.get(cid)).map(SinglePresence::confirmedAt);
        };
    }

    /** Whether the peer has the block; a denial never counts as having. */
    boolean has(BlockAddress address) {
        return claimOf(address).isHave();
    }

    /** The leaves of one tree that the peer has. For reading, and only until the next change. */
    RoaringBitmap had(Cid tree) {
        return claims(tree).had();
    }

    /** Those of these blocks that the peer has. */
    AddressSet hadOf(AddressSet blocks) {
        return among(blocks, this::had, Claim::isHave);
    }

    /** Those of these blocks that the peer denied. */
    AddressSet deniedOf(AddressSet blocks) {
        return among(blocks, tree -> claims(tree).denied(), Claim.DENIED::equals);
    }

    private AddressSet among(AddressSet blocks, Function<Cid, RoaringBitmap> leavesOf, Predicate<Claim> singleIs) {
        var found = new AddressSet();
        blocks.leaves()
                .forEach((tree, leaves) -> found.addLeaves(tree, RoaringBitmap.and(leaves, leavesOf.apply(tree))));
        for (Cid cid : blocks.singles()) {
            if (singleIs.test(singles.getOrDefault(cid, NOTHING).claim)) {
                found.addSingle(cid);
            }
        }
        return found;
    }

    /** Whether the peer has any of these blocks. */
    boolean hasAnyOf(AddressSet blocks) {
        return blocks.leaves().entrySet().stream().anyMatch(tree -> claims(tree.getKey()).hasAnyOf(tree.getValue()))
                || blocks.singles().stream().anyMatch(cid -> singles.getOrDefault(cid, NOTHING).claim.isHave());
    }

    /** The leaves of one tree that are known, had or denied. */
    RoaringBitmap known(Cid tree) {
        return RoaringBitmap.or(claims(tree).byClaim().values().iterator());
    }

    /** Everything that is known, had or denied. */
    AddressSet known() {
        var known = new AddressSet();
        trees.keySet().forEach(tree -> known.addLeaves(tree, known(tree)));
        singles.keySet().forEach(known::addSingle);
        return known;
    }

    /** Whether anything is known of a tree. */
    boolean knowsTree(Cid tree) {
        return trees.containsKey(tree);
    }

    /** Whether anything is known of a single block. */
    boolean knowsSingle(Cid cid) {
        return singles.containsKey(cid);
    }

    NavigableMap<Cid, TreePresence> trees() {
        return Collections.unmodifiableNavigableMap(trees);
    }

    NavigableMap<Cid, SinglePresence> singles() {
        return Collections.unmodifiableNavigableMap(singles);
    }

    long haveCount() {
        return haveCount;
    }

    long deniedCount() {
        return deniedCount;
    }

    /** The number of different prices in the tree that has most of them. */
    int pricesInOneTree() {
        return trees.values().stream().mapToInt(presence -> presence.claims().prices().size()).max().orElse(0);
    }

    private ClaimedLeaves claims(Cid tree) {
        TreePresence presence = trees.get(tree);
        return presence == null ? ClaimedLeaves.NONE : presence.claims();
    }

    private ClaimedLeaves.Moves movesIn(Cid tree, Changes changes) {
        return (leaves, from, to) -> change(Bitmaps.toLeaves(tree, leaves), from, to, changes);
    }

    private void change(BlockSet blocks, Claim from, Claim to, Changes changes) {
        if (!from.equals(to)) {
            count(from, -blocks.count());
            count(to, blocks.count());
            changes.changed(blocks, from, to);
        }
    }

    private void count(Claim claim, long blocks) {
        if (claim.isHave()) {
            haveCount += blocks;
        } else if (claim.state() == PresenceState.DONT_HAVE) {
            deniedCount += blocks;
        }
    }
}
