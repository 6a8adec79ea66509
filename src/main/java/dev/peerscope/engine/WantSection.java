package dev.peerscope.engine;

import dev.peerscope.block.BlockAddress;

/**
 * The part of a set of wants between two addresses, both included. All peers share the set, so a section costs the same however many
 * blocks it has; a want that begins or ends there begins or ends in the section as well.
 */
record WantSection(AddressSet wants, BlockAddress first, BlockAddress last) {

    /** A copy of its blocks. */
    AddressSet blocks() {
        return wants.between(first, last);
    }

    /** Whether any of these lies between its ends. */
    boolean spans(AddressSet blocks) {
        return blocks.hasAnyBetween(first, last);
    }
}
