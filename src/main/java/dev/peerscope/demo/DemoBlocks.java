package dev.peerscope.demo;

import dev.peerscope.block.BlockRanges;

/**
 * Some blocks of one of the demo's datasets.
 *
 * @param dataset
 *            0 or 1
 */
record DemoBlocks(int dataset, BlockRanges ranges) {

    boolean isEmpty() {
        return ranges.isEmpty();
    }
}
