package dev.peerscope.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.dataset.Chunker;
import dev.peerscope.dataset.Dataset;
import dev.peerscope.dataset.MerkleProof;
import dev.peerscope.node.LocalContent;
import dev.peerscope.store.BlockStore;

/**
 * A dataset that the demo trades, with all of its blocks.
 *
 * @param blocks
 *            by index
 */
record DemoDataset(Dataset dataset, List<Block> blocks) {

    DemoDataset {
        blocks = List.copyOf(blocks);
    }

    /** Cuts a file into at most so many blocks, whose size is a power of two. */
    static DemoDataset cut(byte[] data, int blocksMax, String filename, Optional<String> mimetype) {
        int atLeast = Math.ceilDiv(data.length, blocksMax);
        int blockSize = Math.max(1, Integer.highestOneBit(2 * atLeast - 1));
        var chunker = new Chunker(data, blockSize);
        var blocks = new ArrayList<Block>();
        chunker.forEachRemaining(blocks::add);
        return new DemoDataset(chunker.finish(Optional.of(filename), mimetype), blocks);
    }

    /** By which people name it. */
    Cid manifestCid() {
        return dataset.manifestBlock().cid();
    }

    int blockCount() {
        return blocks.size();
    }

    String filename() {
        return dataset.manifest().filename().orElseThrow();
    }

    BlockSet set(BlockRanges ranges) {
        return new BlockSet.Leaves(dataset.treeCid(), ranges);
    }

    /** Puts some blocks, and the manifest, into the store of a node that has not been started yet. */
    void stock(BlockStore store, BlockRanges ranges) {
        store.put(dataset.manifestBlock());
        indices(ranges).forEach(index -> store.putLeaf(address(index), blocks.get(index), proof(index)));
    }

    /** Lets a node hold some blocks from now on. */
    void add(LocalContent content, BlockRanges ranges) {
        indices(ranges).forEach(index -> content.putLeaf(address(index), blocks.get(index), proof(index)));
    }

    private static IntStream indices(BlockRanges ranges) {
        return ranges.stream().mapToInt(Math::toIntExact);
    }

    private BlockAddress.Leaf address(int index) {
        return dataset.manifest().address(index);
    }

    private MerkleProof proof(int index) {
        return dataset.tree().proof(index);
    }
}
