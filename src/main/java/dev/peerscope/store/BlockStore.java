package dev.peerscope.store;

import java.util.List;
import java.util.Optional;

import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockSet;
import dev.peerscope.dataset.MerkleProof;

/**
 * Keeps blocks by their CID and, for the leaves of trees, which block stands at which index with which proof. Safe for use
 * by several threads.
 */
public interface BlockStore {

    /**
     * Keeps a block that goes by its own CID.
     *
     * @throws BlockStoreFull
     *             when its bound would be exceeded; nothing is kept then
     */
    void put(Block block);

    /**
     * Keeps a block as a leaf of a tree.
     *
     * @throws BlockStoreFull
     *             when its bound would be exceeded; nothing is kept then
     */
    void putLeaf(BlockAddress.Leaf address, Block block, MerkleProof proof);

    /** The block at an address, with its proof if the address is a leaf; empty if it is not held. */
    Optional<StoredBlock> get(BlockAddress address);

    boolean has(BlockAddress address);

    /** Forgets what is held at an address; the data goes when no other address needs it. True if it was held. */
    boolean delete(BlockAddress address);

    /** All addresses held; for loading the engine's index at start. */
    List<BlockSet> contents();

    /** Different blocks held. */
    long blockCount();

    /** Data held, in bytes. */
    long bytesStored();

    /** Data that may be held, in bytes. */
    long capacityBytes();

    /** A block as kept. */
    record StoredBlock(Block block, Optional<MerkleProof> proof) {}
}
