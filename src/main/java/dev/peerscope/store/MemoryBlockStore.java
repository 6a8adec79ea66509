package dev.peerscope.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.dataset.MerkleProof;

/**
 * Keeps blocks on the heap.
 *
 * <p>
 * A block that stands at several addresses is kept once. The bound counts the data of each block once, and each leaf's
 * proof, so that a tree of equal blocks is bounded too.
 */
public final class MemoryBlockStore implements BlockStore {

    /** One GiB. */
    public static final long DEFAULT_CAPACITY_BYTES = 1L << 30;

    private final long capacityBytes;
    private final Map<Cid, Kept> blocks = new HashMap<>();
    private final Map<Cid, TreeMap<Long, LeafEntry>> trees = new LinkedHashMap<>();
    private long dataBytes;
    private long proofBytes;

    public MemoryBlockStore() {
        this(DEFAULT_CAPACITY_BYTES);
    }

    /**
     * @param capacityBytes
     *            data and proofs that may be kept, in bytes
     */
    public MemoryBlockStore(long capacityBytes) {
        if (capacityBytes < 0) {
            throw new IllegalArgumentException("a store cannot hold " + capacityBytes + " bytes");
        }
        this.capacityBytes = capacityBytes;
    }

    @Override
    public synchronized void put(Block block) {
        if (!blocks.containsKey(block.cid())) {
            requireRoom(block.data().length);
        }
        keep(block).standalone = true;
    }

    @Override
    public synchronized void putLeaf(BlockAddress.Leaf address, Block block, MerkleProof proof) {
        var before = leaf(address);
        if (before != null && before.cid.equals(block.cid())) {
            return;
        }
        requireRoom(proof.path().length + (blocks.containsKey(block.cid()) ? 0 : block.data().length));
        deleteLeaf(address);
        keep(block).leaves++;
        proofBytes += proof.path().length;
        trees.computeIfAbsent(address.treeCid(), _ -> new TreeMap<>()).put(address.index(),
                new LeafEntry(block.cid(), proof));
    }

    @Override
    public synchronized Optional<StoredBlock> get(BlockAddress address) {
        return switch (address) {
            case BlockAddress.Standalone(Cid cid) ->
                standalone(cid).map(kept -> new StoredBlock(kept.block, Optional.empty()));
            case BlockAddress.Leaf leaf -> Optional.ofNullable(leaf(leaf)).flatMap(entry -> Optional
                    .ofNullable(blocks.get(entry.cid))
                    .map(kept -> new StoredBlock(kept.block, Optional.of(entry.proof))));
        };
    }

    @Override
    public synchronized boolean has(BlockAddress address) {
        return switch (address) {
            case BlockAddress.Standalone(Cid cid) -> standalone(cid).isPresent();
            case BlockAddress.Leaf leaf -> leaf(leaf) != null;
        };
    }

    @Override
    public synchronized boolean delete(BlockAddress address) {
        return switch (address) {
            case BlockAddress.Standalone(Cid cid) -> deleteStandalone(cid);
            case BlockAddress.Leaf leaf -> deleteLeaf(leaf);
        };
    }

    @Override
    public synchronized List<BlockSet> contents() {
        var contents = new ArrayList<BlockSet>();
        trees.forEach((tree, leaves) -> {
            var indices = BlockRanges.builder();
            leaves.keySet().forEach(indices::add);
            contents.add(new BlockSet.Leaves(tree, indices.build()));
        });
        blocks.forEach((cid, kept) -> {
            if (kept.standalone) {
                contents.add(new BlockSet.Single(cid));
            }
        });
        return List.copyOf(contents);
    }

    @Override
    public synchronized long blockCount() {
        return blocks.size();
    }

    @Override
    public synchronized long bytesStored() {
        return dataBytes;
    }

    @Override
    public long capacityBytes() {
        return capacityBytes;
    }

    private void requireRoom(long bytes) {
        if (bytes > capacityBytes - dataBytes - proofBytes) {
            throw new BlockStoreFull(bytes, dataBytes + proofBytes, capacityBytes);
        }
    }

    private Kept keep(Block block) {
        return blocks.computeIfAbsent(block.cid(), _ -> {
            dataBytes += block.data().length;
            return new Kept(block);
        });
    }

    private Optional<Kept> standalone(Cid cid) {
        return Optional.ofNullable(blocks.get(cid)).filter(kept -> kept.standalone);
    }

    private @Nullable LeafEntry leaf(BlockAddress.Leaf address) {
        var leaves = trees.get(address.treeCid());
        return leaves == null ? null : leaves.get(address.index());
    }

    private boolean deleteStandalone(Cid cid) {
        var kept = standalone(cid);
        kept.ifPresent(block -> {
            block.standalone = false;
            dropIfUnused(block);
        });
        return kept.isPresent();
    }

    private boolean deleteLeaf(BlockAddress.Leaf address) {
        var leaves = trees.get(address.treeCid());
        var entry = leaves == null ? null : leaves.remove(address.index());
        if (leaves == null || entry == null) {
            return false;
        }
        if (leaves.isEmpty()) {
            trees.remove(address.treeCid());
        }
        proofBytes -= entry.proof.path().length;
        var kept = blocks.get(entry.cid);
        if (kept != null) {
            kept.leaves--;
            dropIfUnused(kept);
        }
        return true;
    }

    private void dropIfUnused(Kept kept) {
        if (!kept.standalone && kept.leaves == 0) {
            blocks.remove(kept.block.cid());
            dataBytes -= kept.block.data().length;
        }
    }

    private record LeafEntry(Cid cid, MerkleProof proof) {}

    /** A block, and how many addresses need it. */
    private static final class Kept {

        final Block block;
        boolean standalone;
        int leaves;

        Kept(Block block) {
            this.block = block;
        }
    }
}
