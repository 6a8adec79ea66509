package dev.peerscope.engine;

import java.util.NavigableSet;

import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;
import dev.peerscope.block.Price;

/** The addresses of the blocks that are held here, and what we ask for them; the blocks themselves are elsewhere. */
final class LocalBlocks {

    private final AddressSet held = new AddressSet();
    private Price price = Price.ZERO;

    void stored(AddressSet blocks) {
        held.addAll(blocks);
    }

    void deleted(AddressSet blocks) {
        held.removeAll(blocks);
    }

    boolean has(BlockAddress address) {
        return held.contains(address);
    }

    /** The leaves of a tree that are held, for reading. */
    RoaringBitmap leaves(Cid tree) {
        return held.leaves(tree);
    }

    /** The trees of which leaves are held, for reading. */
    NavigableSet<Cid> trees() {
        return held.leaves().navigableKeySet();
    }

    /** Those of the blocks that are not held. */
    AddressSet missingOf(AddressSet blocks) {
        return blocks.minus(held);
    }

    void priced(Price each) {
        price = each;
    }

    /** For each block. */
    Price price() {
        return price;
    }

    long size() {
        return held.size();
    }
}
