package dev.peerscope.node;

import java.util.List;
import java.util.Optional;

import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockSet;
import dev.peerscope.dataset.MerkleProof;
import dev.peerscope.store.BlockStore;
import dev.peerscope.store.MemoryBlockStore;

/** A store in memory in whose way the test can step. */
final class HookedStore implements BlockStore {

    /** Run before a block is read. */
    Runnable beforeReading = () -> {};
    /** Run between the reading of a block and the answer. */
    Runnable afterReading = () -> {};
    /** Run before a block is kept. */
    Runnable beforeWriting = () -> {};
    private final MemoryBlockStore store = new MemoryBlockStore();

    @Override
    public void put(Block block) {
        beforeWriting.run();
        store.put(block);
    }

    @Override
    public void putLeaf(BlockAddress.Leaf address, Block block, MerkleProof proof) {
        beforeWriting.run();
        store.putLeaf(address, block, proof);
    }

    @Override
    public Optional<StoredBlock> get(BlockAddress address) {
        beforeReading.run();
        var found = store.get(address);
        afterReading.run();
        return found;
    }

    @Override
    public boolean has(BlockAddress address) {
        return store.has(address);
    }

    @Override
    public boolean delete(BlockAddress address) {
        return store.delete(address);
    }

    @Override
    public List<BlockSet> contents() {
        return store.contents();
    }

    @Override
    public long blockCount() {
        return store.blockCount();
    }

    @Override
    public long bytesStored() {
        return store.bytesStored();
    }

    @Override
    public long capacityBytes() {
        return store.capacityBytes();
    }
}
