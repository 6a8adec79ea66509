package dev.peerscope.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Price;
import dev.peerscope.dataset.Chunker;
import dev.peerscope.dataset.Dataset;
import dev.peerscope.dataset.MerkleProof;
import dev.peerscope.engine.EngineInput;
import dev.peerscope.limit.LimitName;
import dev.peerscope.node.HeldBlocksListener.HeldBlock;
import dev.peerscope.store.BlockStore;
import dev.peerscope.store.BlockStoreFull;

/**
 * What this node holds of its own accord, and what it asks for it: blocks are stored here and the engine is told, so that they
 * are served. Calls may block; safe for use by any thread.
 */
public final class LocalContent {

    private final BlockStore store;
    private final EngineLoop loop;
    private final List<HeldBlocksListener> listeners;

    LocalContent(BlockStore store, EngineLoop loop, List<HeldBlocksListener> listeners) {
        this.store = store;
        this.loop = loop;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Makes a dataset of these bytes and stores its blocks and its manifest.
     *
     * @param blockSize
     *            bytes of a block; the last one is padded
     * @throws BlockStoreFull
     *             when it does not fit; nothing of it is kept then
     */
    public StoredDataset importDataset(byte[] data, int blockSize, Optional<String> filename,
            Optional<String> mimetype) {
        var chunker = new Chunker(data, blockSize);
        var blocks = new ArrayList<Block>();
        chunker.forEachRemaining(blocks::add);
        var dataset = chunker.finish(filename, mimetype);
        store(dataset, blocks);
        return new StoredDataset(dataset.manifestBlock().cid(), dataset.manifest());
    }

    /**
     * Stores a block under its own CID.
     *
     * @throws IllegalArgumentException
     *             when its data does not hash to its CID
     * @throws BlockStoreFull
     *             when it does not fit
     */
    public void put(Block block) {
        if (!block.matches()) {
            throw new IllegalArgumentException("the data does not hash to " + block.cid());
        }
        counted(() -> store.put(block));
        tellHeld(List.of(new HeldBlock(block.address(), block.data().length)));
    }

    /**
     * Stores a leaf.
     *
     * @throws IllegalArgumentException
     *             when its data does not hash to its CID, or the proof does not lead to the tree's root
     * @throws BlockStoreFull
     *             when it does not fit
     */
    public void putLeaf(BlockAddress.Leaf address, Block block, MerkleProof proof) {
        if (!block.matches() || !proof.proves(address, block.cid())) {
            throw new IllegalArgumentException(block.cid() + " is not proven to be block " + address);
        }
        counted(() -> store.putLeaf(address, block, proof));
        tellHeld(List.of(new HeldBlock(address, block.data().length)));
    }

    /** Forgets blocks; returns how many of them were held. */
    public long delete(BlockSet blocks) {
        var deleted = blocks.addresses().filter(store::delete).toList();
        if (!deleted.isEmpty()) {
            loop.submit(new EngineInput.BlocksDeleted(BlockSet.group(deleted)));
        }
        return deleted.size();
    }

    /**
     * Sets what is asked for each block from now on; until then nothing is. Peers learn it when they ask the next time.
     */
    public void price(Price each) {
        loop.submit(new EngineInput.PriceChanged(each));
    }

    private void counted(Runnable storing) {
        try {
            storing.run();
        } catch (BlockStoreFull e) {
            loop.tellLimitMet(LimitName.BLOCK_STORE);
            throw e;
        }
    }

    private void store(Dataset dataset, List<Block> blocks) {
        var stored = new ArrayList<HeldBlock>();
        try {
            for (int index = 0; index < blocks.size(); index++) {
                var address = dataset.manifest().address(index);
                boolean held = store.has(address);
                store.putLeaf(address, blocks.get(index), dataset.tree().proof(index));
                if (!held) {
                    stored.add(new HeldBlock(address, blocks.get(index).data().length));
                }
            }
            store.put(dataset.manifestBlock());
        } catch (BlockStoreFull e) {
            stored.forEach(block -> store.delete(block.address()));
            loop.tellLimitMet(LimitName.BLOCK_STORE);
            throw e;
        }
        stored.add(new HeldBlock(dataset.manifestBlock().address(), dataset.manifestBlock().data().length));
        tellHeld(stored);
    }

    private void tellHeld(List<HeldBlock> blocks) {
        loop.submit(new EngineInput.BlocksStored(BlockSet.group(blocks.stream().map(HeldBlock::address).toList())));
        listeners.forEach(listener -> Background.once("telling of held blocks", () -> listener.held(blocks)));
    }
}
