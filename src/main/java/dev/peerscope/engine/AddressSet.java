package dev.peerscope.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.roaringbitmap.IntConsumer;
import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;

/**
 * A set of block addresses: one bitmap of indices per tree, and the single blocks. Costs the number of its runs, not of its
 * blocks. Iterates in the order of addresses: leaves by tree and index, then single blocks by CID.
 *
 * <p>Trees without leaves are not kept. Bitmaps that are handed out are for reading only. Leaves beyond
 * {@link Bitmaps#INDEX_MAX} are never in it.
 */
final class AddressSet {

    private static final RoaringBitmap NO_LEAVES = new RoaringBitmap();
    private static final long UNCOUNTED = -1;
    /** An entry of a sorted set. */
    private static final long SINGLE_BYTES = 40;
    /** An entry of a sorted map and an empty bitmap. */
    private static final long TREE_BYTES = 200;

    private final NavigableMap<Cid, RoaringBitmap> leaves = new TreeMap<>();
    private final NavigableSet<Cid> singles = new TreeSet<>();
    /** Counted when asked for, {@link #UNCOUNTED} after a change. */
    private long size = UNCOUNTED;

    static AddressSet of(Collection<? extends BlockAddress> addresses) {
        var set = new AddressSet();
        addresses.forEach(set::add);
        return set;
    }

    static AddressSet ofSets(Collection<? extends BlockSet> sets) {
        var all = new AddressSet();
        for (BlockSet blocks : sets) {
            switch (blocks) {
                case BlockSet.Leaves(var tree, var ranges) -> all.addLeaves(tree, Bitmaps.of(ranges));
                case BlockSet.Single(var cid) -> all.singles.add(cid);
            }
        }
        return all;
    }

    AddressSet copy() {
        var copy = new AddressSet();
        copy.addAll(this);
        return copy;
    }

    boolean contains(BlockAddress address) {
        return switch (address) {
            case BlockAddress.Leaf(var tree, var index) ->
                index <= Bitmaps.INDEX_MAX && leaves(tree).contains((int) index);
            case BlockAddress.Standalone(var cid) -> singles.contains(cid);
        };
    }

    void add(BlockAddress address) {
        changed();
        switch (address) {
            case BlockAddress.Leaf(var tree, var index) -> {
                if (index <= Bitmaps.INDEX_MAX) {
                    mutableLeaves(tree).add((int) index);
                }
            }
            case BlockAddress.Standalone(var cid) -> singles.add(cid);
        }
    }

    void remove(BlockAddress address) {
        changed();
        switch (address) {
            case BlockAddress.Leaf(var tree, var index) -> {
                if (index <= Bitmaps.INDEX_MAX) {
                    leaves.computeIfPresent(tree, (_, indices) -> {
                        indices.remove((int) index);
                        return indices.isEmpty() ? null : indices;
                    });
                }
            }
            case BlockAddress.Standalone(var cid) -> singles.remove(cid);
        }
    }

    void addLeaves(Cid tree, RoaringBitmap indices) {
        if (!indices.isEmpty()) {
            changed();
            mutableLeaves(tree).or(indices);
        }
    }

    /** Adds leaves of a tree that had none, without a copy: the bitmap must not change while this set is used. */
    void adopt(Cid tree, RoaringBitmap indices) {
        if (!indices.isEmpty()) {
            changed();
            leaves.put(tree, indices);
        }
    }

    void removeLeaves(Cid tree, RoaringBitmap indices) {
        changed();
        leaves.computeIfPresent(tree, (_, own) -> {
            own.andNot(indices);
            return own.isEmpty() ? null : own;
        });
    }

    void addSingle(Cid cid) {
        changed();
        singles.add(cid);
    }

    void addAll(AddressSet other) {
        changed();
        other.leaves.forEach(this::addLeaves);
        singles.addAll(other.singles);
    }

    void removeAll(AddressSet other) {
        changed();
        other.leaves.forEach(this::removeLeaves);
        other.singles.forEach(singles::remove);
    }

    /** The addresses that are in both. */
    AddressSet and(AddressSet other) {
        var both = new AddressSet();
        leaves.forEach((tree, indices) -> {
            RoaringBitmap others = other.leaves(tree);
            if (RoaringBitmap.intersects(indices, others)) {
                both.leaves.put(tree, RoaringBitmap.and(indices, others));
            }
        });
        boolean fewer = singles.size() <= other.singles.size();
        both.singles.addAll(fewer ? singles : other.singles);
        both.singles.removeIf(cid -> !(fewer ? other : this).singles.contains(cid));
        return both;
    }

    /** The addresses from one to another, both included. */
    AddressSet between(BlockAddress first, BlockAddress last) {
        var part = new AddressSet();
        leavesBetween(first, last, (tree, from, to) -> part.addLeaves(tree, leaves(tree).selectRange(from, to)));
        part.singles.addAll(singlesBetween(first, last));
        return part;
    }

    /** Whether any address lies between these two, or is one of them. */
    boolean hasAnyBetween(BlockAddress first, BlockAddress last) {
        var found = new boolean[1];
        leavesBetween(first, last, (tree, from, to) -> found[0] |= leaves(tree).intersects(from, to));
        return found[0] || !singlesBetween(first, last).isEmpty();
    }

    /** Hears of each tree in turn, and which of its indices are meant; the end is not included. */
    @FunctionalInterface
    private interface IndicesOfTree {

        void accept(Cid tree, long from, long to);
    }

    private void leavesBetween(BlockAddress first, BlockAddress last, IndicesOfTree consumer) {
        if (first instanceof BlockAddress.Leaf(var firstTree, var firstIndex)) {
            var trees = leaves.tailMap(firstTree, true);
            trees = last instanceof BlockAddress.Leaf ? trees.headMap(last.cid(), true) : trees;
            trees.keySet().forEach(tree -> consumer.accept(tree, tree.equals(firstTree) ? firstIndex : 0,
                    last instanceof BlockAddress.Leaf(var lastTree, var lastIndex) && tree.equals(lastTree)
                            ? lastIndex + 1
                            : Bitmaps.INDEX_MAX + 1));
        }
    }

    private NavigableSet<Cid> singlesBetween(BlockAddress first, BlockAddress last) {
        if (last instanceof BlockAddress.Leaf) {
            return Collections.emptyNavigableSet();
        }
        var untilLast = singles.headSet(last.cid(), true);
        return first instanceof BlockAddress.Leaf ? untilLast : untilLast.tailSet(first.cid(), true);
    }

    /** The lowest address; the set must not be empty. */
    BlockAddress first() {
        return leaves.isEmpty() ? new BlockAddress.Standalone(singles.first())
                : new BlockAddress.Leaf(leaves.firstKey(), leaves.firstEntry().getValue().first());
    }

    /** The highest address; the set must not be empty. */
    BlockAddress last() {
        return singles.isEmpty() ? new BlockAddress.Leaf(leaves.lastKey(), leaves.lastEntry().getValue().last())
                : new BlockAddress.Standalone(singles.last());
    }

    /** The addresses of this set that the other lacks. */
    AddressSet minus(AddressSet other) {
        AddressSet rest = copy();
        rest.removeAll(other);
        return rest;
    }

    boolean intersects(AddressSet other) {
        return leaves.entrySet().stream()
                .anyMatch(tree -> RoaringBitmap.intersects(tree.getValue(), other.leaves(tree.getKey())))
                || singles.stream().anyMatch(other.singles::contains);
    }

    boolean isEmpty() {
        return leaves.isEmpty() && singles.isEmpty();
    }

    long size() {
        if (size == UNCOUNTED) {
            long count = singles.size();
            for (RoaringBitmap indices : leaves.values()) {
                count += indices.getLongCardinality();
            }
            size = count;
        }
        return size;
    }

    /** Keeps neighbouring indices as runs. */
    void compact() {
        leaves.values().forEach(RoaringBitmap::runOptimize);
    }

    /** Memory that it takes beyond a constant, in bytes, roughly; CIDs are not counted, since they are shared. */
    long bytes() {
        long bytes = SINGLE_BYTES * singles.size();
        for (RoaringBitmap indices : leaves.values()) {
            bytes += TREE_BYTES + indices.getLongSizeInBytes();
        }
        return bytes;
    }

    void clear() {
        changed();
        leaves.clear();
        singles.clear();
    }

    RoaringBitmap leaves(Cid tree) {
        return leaves.getOrDefault(tree, NO_LEAVES);
    }

    NavigableMap<Cid, RoaringBitmap> leaves() {
        return Collections.unmodifiableNavigableMap(leaves);
    }

    NavigableSet<Cid> singles() {
        return Collections.unmodifiableNavigableSet(singles);
    }

    /** Each address in order. The set must not change meanwhile. */
    void forEach(Consumer<? super BlockAddress> consumer) {
        leaves.forEach((tree, indices) -> indices
                .forEach((IntConsumer) index -> consumer.accept(new BlockAddress.Leaf(tree, index))));
        singles.forEach(cid -> consumer.accept(new BlockAddress.Standalone(cid)));
    }

    List<BlockAddress> toList() {
        List<BlockAddress> addresses = new ArrayList<>();
        forEach(addresses::add);
        return addresses;
    }

    /** As few sets as there are trees and single blocks. */
    List<BlockSet> toBlockSets() {
        List<BlockSet> sets = new ArrayList<>(leaves.size() + singles.size());
        leaves.forEach((tree, indices) -> sets.add(Bitmaps.toLeaves(tree, indices)));
        singles.forEach(cid -> sets.add(new BlockSet.Single(cid)));
        return sets;
    }

    @Override
    public String toString() {
        return toBlockSets().toString();
    }

    private void changed() {
        size = UNCOUNTED;
    }

    private RoaringBitmap mutableLeaves(Cid tree) {
        return leaves.computeIfAbsent(tree, _ -> new RoaringBitmap());
    }
}
