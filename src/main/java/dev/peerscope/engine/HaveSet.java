package dev.peerscope.engine;

import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;

/**
 * What a peer told us about the blocks that we want: which it has, at which price, and which it denied. What it did not speak
 * of is unknown (protocol section 5.1). Changed by {@link PeerContext} alone, which turns every change into an event.
 */
final class HaveSet {

    /** Hears of blocks that went from one claim to a different one together. The presence has counted the change already. */
    interface Changes {

        void leavesChanged(Cid tree, TreePresence presence, RoaringBitmap leaves, Claim from, Claim to);

        /** Single blocks go by their numbers. */
        void singlesChanged(TreePresence presence, RoaringBitmap blocks, Claim from, Claim to);
    }

    private final SingleNumbers numbers;
    private final NavigableMap<Cid, TreePresence> trees = new TreeMap<>();
    private final TreePresence singles = TreePresence.ofSingles();
    private long haveCount;
    private long deniedCount;
    private long bytes;
    /** In the tree that has most of them, or among single blocks. */
    private int prices;

    HaveSet(SingleNumbers numbers) {
        this.numbers = numbers;
    }

    /** The peer said this of leaves of a tree just now. */
    void told(Cid tree, ToldLeaves told, Instant now, Changes changes) {
        told(trees.computeIfAbsent(tree, _ -> TreePresence.ofLeaves()), told, now, changesIn(tree, changes));
    }

    /** The peer said this of single blocks just now; they go by their numbers. */
    void toldOfSingles(ToldLeaves told, Instant now, Changes changes) {
        told(singles, told, now, changesOfSingles(changes));
    }

    private void told(TreePresence presence, ToldLeaves told, Instant now, TreePresence.Changes changes) {
        changed(presence, () -> presence.told(told, now, changes));
    }

    private void changed(TreePresence presence, Runnable change) {
        long haves = presence.haveCount();
        long denials = presence.deniedCount();
        long before = bytesOf(presence);
        int pricesBefore = presence.claims().priceCount();
        change.run();
        haveCount += presence.haveCount() - haves;
        deniedCount += presence.deniedCount() - denials;
        bytes += bytesOf(presence) - before;
        int pricesNow = presence.claims().priceCount();
        if (pricesNow >= prices) {
            prices = pricesNow;
        } else if (pricesBefore == prices) {
            prices = trees.values().stream().mapToInt(tree -> tree.claims().priceCount()).reduce(
                    singles.claims().priceCount(), Math::max);
        }
    }

    /** Nothing is kept of a tree that nothing is known of. */
    private static long bytesOf(TreePresence presence) {
        return presence.knownCount() == 0 ? 0 : presence.bytes();
    }

    /** What the peer said of these blocks no longer holds. */
    void forget(AddressSet blocks, Changes changes) {
        blocks.leaves().forEach((tree, leaves) -> {
            TreePresence presence = trees.get(tree);
            if (presence != null) {
                forget(presence, leaves, changesIn(tree, changes));
                if (presence.knownCount() == 0) {
                    trees.remove(tree);
                }
            }
        });
        if (!blocks.singles().isEmpty() && singles.knownCount() > 0) {
            forget(singles, numbers.of(blocks.singles()), changesOfSingles(changes));
        }
    }

    private void forget(TreePresence presence, RoaringBitmap leaves, TreePresence.Changes changes) {
        changed(presence, () -> presence.forget(leaves, changes));
    }

    /** Nothing that the peer said holds any more. */
    void clear(Changes changes) {
        haveCount = 0;
        deniedCount = 0;
        bytes = 0;
        prices = 0;
        trees.forEach((tree, presence) -> presence.clear(changesIn(tree, changes)));
        trees.clear();
        singles.clear(changesOfSingles(changes));
    }

    private static TreePresence.Changes changesIn(Cid tree, Changes changes) {
        return (presence, leaves, from, to) -> changes.leavesChanged(tree, presence, leaves, from, to);
    }

    private static TreePresence.Changes changesOfSingles(Changes changes) {
        return changes::singlesChanged;
    }

    Claim claimOf(BlockAddress address) {
        return switch (address) {
            case BlockAddress.Leaf(var tree, var index) ->
                index > Bitmaps.INDEX_MAX ? Claim.UNKNOWN : claims(tree).claimOf((int) index);
            case BlockAddress.Standalone(var cid) -> claimOf(cid);
        };
    }

    private Claim claimOf(Cid single) {
        OptionalInt number = numbers.of(single);
        return number.isPresent() ? singles.claims().claimOf(number.getAsInt()) : Claim.UNKNOWN;
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
                Optional.of(singles.confirmedAt(numbers.of(cid).orElseThrow()));
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
        return among(blocks, ClaimedLeaves::had);
    }

    /** Those of these blocks that the peer denied. */
    AddressSet deniedOf(AddressSet blocks) {
        return among(blocks, ClaimedLeaves::denied);
    }

    private AddressSet among(AddressSet blocks, Function<ClaimedLeaves, RoaringBitmap> leavesOf) {
        var found = new AddressSet();
        blocks.leaves().forEach(
                (tree, leaves) -> found.addLeaves(tree, RoaringBitmap.and(leaves, leavesOf.apply(claims(tree)))));
        if (singles.knownCount() > 0) {
            RoaringBitmap claimed = leavesOf.apply(singles.claims());
            for (Cid cid : blocks.singles()) {
                if (numbers.of(cid).stream().anyMatch(claimed::contains)) {
                    found.addSingle(cid);
                }
            }
        }
        return found;
    }

    /** Whether the peer has any of these blocks. */
    boolean hasAnyOf(AddressSet blocks) {
        return blocks.leaves().entrySet().stream().anyMatch(tree -> claims(tree.getKey()).hasAnyOf(tree.getValue()))
                || singles.haveCount() > 0 && blocks.singles().stream().anyMatch(cid -> claimOf(cid).isHave());
    }

    /** Everything that is known, had or denied. */
    AddressSet known() {
        var known = new AddressSet();
        trees.forEach((tree, presence) -> known.addLeaves(tree, presence.claims().known()));
        singles.claims().known().stream().mapToObj(numbers::cid).forEach(known::addSingle);
        return known;
    }

    /** What is known of leaves. */
    NavigableMap<Cid, TreePresence> trees() {
        return Collections.unmodifiableNavigableMap(trees);
    }

    /** What is known of one tree; null for nothing. */
    @Nullable
    TreePresence tree(Cid tree) {
        return trees.get(tree);
    }

    /** What is known of single blocks, by their numbers. */
    TreePresence singles() {
        return singles;
    }

    SingleNumbers numbers() {
        return numbers;
    }

    long haveCount() {
        return haveCount;
    }

    long deniedCount() {
        return deniedCount;
    }

    /** The number of different prices in the tree that has most of them, or among single blocks. */
    int pricesInOneTree() {
        return prices;
    }

    /** Memory that all of it takes, in bytes; somewhat more than is measured. */
    long bytes() {
        return bytes;
    }

    private ClaimedLeaves claims(Cid tree) {
        TreePresence presence = trees.get(tree);
        return presence == null ? ClaimedLeaves.NONE : presence.claims();
    }
}
