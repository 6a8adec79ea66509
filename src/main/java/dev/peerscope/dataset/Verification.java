package dev.peerscope.dataset;

import java.util.List;

import dev.peerscope.block.Cid;

/**
 * What a verifiable dataset adds, so that storage proofs can be made over it.
 *
 * @param verifyRoot the root of the tree over all slot roots
 * @param slotRoots  the root of each slot
 * @param cellSize   the size of a slot's cells in bytes
 * @param strategy   how blocks were dealt to slots
 */
public record Verification(Cid verifyRoot, List<Cid> slotRoots, long cellSize, IndexingStrategy strategy) {

    public Verification {
        slotRoots = List.copyOf(slotRoots);
    }
}
