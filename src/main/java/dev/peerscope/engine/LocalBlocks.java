package dev.peerscope.engine;

import dev.peerscope.block.BlockAddress;

/** The addresses of the blocks that are held here; the blocks themselves are elsewhere. */
final class LocalBlocks {

    private final AddressSet held = new AddressSet();

    void stored(AddressSet blocks) {
        held.addAll(blocks);
    }

    void deleted(AddressSet blocks) {
        held.removeAll(blocks);
    }

    boolean has(BlockAddress address) {
        return held.contains(address);
    }

    /** Those of the blocks that are not held. */
    AddressSet missingOf(AddressSet blocks) {
        return blocks.minus(held);
    }

    long size() {
        return held.size();
    }
}
