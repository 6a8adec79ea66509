package dev.peerscope.dataset;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

import dev.peerscope.block.Block;
import dev.peerscope.block.CodexCodec;

/**
 * Cuts data into the blocks of a dataset, one at a time, the last one padded with zeros.
 *
 * <p>
 * Of the blocks that were handed out it keeps 32 bytes each, so the data may be larger than memory. When there are no
 * more blocks, {@link #finish} makes the dataset. The caller closes the stream. Not for use by several threads.
 */
public final class Chunker implements Iterator<Block> {

    /** The block size that Codex uses unless told otherwise, in bytes. */
    public static final int DEFAULT_BLOCK_SIZE = 64 * 1024;

    private final InputStream data;
    private final int blockSize;
    private final MerkleTree.Builder leaves = MerkleTree.builder();

    private long datasetSize;
    private Optional<Block> next = Optional.empty();
    private boolean atEnd;

    /**
     * Cuts what the stream holds.
     *
     * @throws InvalidManifest when no manifest can state the block size
     */
    public Chunker(InputStream data, int blockSize) {
        if (blockSize < 1 || blockSize > Manifest.BLOCK_SIZE_MAX) {
            throw new InvalidManifest(InvalidManifest.Reason.BLOCK_SIZE_OUT_OF_RANGE,
                    "blocks of " + blockSize + " bytes, expected 1 to " + Manifest.BLOCK_SIZE_MAX);
        }
        this.data = data;
        this.blockSize = blockSize;
    }

    /** Cuts these bytes. */
    public Chunker(byte[] data, int blockSize) {
        this(new ByteArrayInputStream(data), blockSize);
    }

    /**
     * Whether there is another block; reads it from the stream.
     *
     * @throws UncheckedIOException when the stream fails
     * @throws InvalidMerkleTree    when there are more than {@link MerkleTree#LEAVES_MAX} blocks
     */
    @Override
    public boolean hasNext() {
        if (next.isEmpty() && !atEnd) {
            next = read();
            atEnd = next.isEmpty();
        }
        return next.isPresent();
    }

    @Override
    public Block next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all " + datasetSize + " bytes have been cut into blocks");
        }
        Block block = next.orElseThrow();
        next = Optional.empty();
        return block;
    }

    private Optional<Block> read() {
        byte[] bytes = new byte[blockSize];
        int length = fill(bytes);
        if (length == 0) {
            return Optional.empty();
        }
        Block block = Block.of(CodexCodec.BLOCK, bytes);
        leaves.add(block.cid().multihash().digest());
        datasetSize += length;
        return Optional.of(block);
    }

    private int fill(byte[] bytes) {
        try {
            return data.readNBytes(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException("the data ended with an error after " + datasetSize + " bytes", e);
        }
    }

    /** The number of bytes read so far, padding not counted. */
    public long datasetSize() {
        return datasetSize;
    }

    /**
     * The dataset of all blocks, which must have been taken.
     *
     * @throws EmptyDataset          when there was no data
     * @throws IllegalStateException when a block is left
     */
    public Dataset finish(Optional<String> filename, Optional<String> mimetype) {
        if (hasNext()) {
            throw new IllegalStateException("a block has not been taken, " + datasetSize + " bytes have been read");
        }
        if (datasetSize == 0) {
            throw new EmptyDataset();
        }
        MerkleTree tree = leaves.build();
        Manifest manifest = Manifest.plain(tree.treeCid(), blockSize, datasetSize).named(filename, mimetype);
        return new Dataset(manifest, tree);
    }
}
