package dev.peerscope.message;

import java.util.Optional;

import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.dataset.MerkleProof;

/**
 * A block on its way, with the address it was asked by.
 *
 * @param address
 *            the address that was asked for
 * @param block
 *            CID as claimed by the sender and data as received; not verified yet
 * @param proof
 *            for a leaf the proof that ties the block's CID to the tree; absent for a block by its own CID, and absent in
 *            a leaf delivery that will be refused
 */
public record BlockDelivery(BlockAddress address, Block block, Optional<MerkleProof> proof) {}
