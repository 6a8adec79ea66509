package dev.peerscope.node;

import java.util.List;

import dev.peerscope.block.BlockAddress;

/** Told which blocks are held from now on. Called on the storage thread that has stored them. */
interface HeldBlocksListener {

    void held(List<HeldBlock> blocks);

    /**
     * A block that is held.
     *
     * @param bytes
     *            its data
     */
    record HeldBlock(BlockAddress address, long bytes) {}
}
