package dev.peerscope.dataset;

import java.util.Objects;
import java.util.Optional;

import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.dataset.InvalidManifest.Reason;

/**
 * The description of a dataset, itself a block: which tree, how large, in blocks of what size.
 *
 * <p>
 * There are three kinds: plain, protected (with {@link ErasureCoding}), and verifiable (with {@link Verification} in
 * it).
 *
 * @param treeCid       the CID of the tree over all blocks, by which they are addressed
 * @param blockSize     the size of every block in bytes; the last one is padded with zeros
 * @param datasetSize   the size of the dataset in bytes, without the padding
 * @param codec         the content type of the blocks
 * @param hash          the multihash code of the blocks' CIDs
 * @param cidVersion    the version of the blocks' CIDs, 0 or 1
 * @param erasureCoding present when the dataset is protected
 * @param filename      the name under which the data was uploaded
 * @param mimetype      the media type under which the data was uploaded
 */
public record Manifest(Cid treeCid, long blockSize, long datasetSize, CodexCodec codec, long hash, int cidVersion,
        Optional<ErasureCoding> erasureCoding, Optional<String> filename, Optional<String> mimetype) {

    /** The largest block in bytes; Codex accepts no message beyond this size, so a larger one could never arrive. */
    public static final long BLOCK_SIZE_MAX = 100L << 20;

    /** The longest encoding that is read, in bytes: room for a long name and some ten thousand slot roots. */
    public static final int ENCODED_LENGTH_MAX = 1 << 20;

    /**
     * @throws InvalidManifest when the parts are out of range or contradict each other
     */
    public Manifest {
        if (blockSize < 1 || blockSize > BLOCK_SIZE_MAX) {
            throw new InvalidManifest(Reason.BLOCK_SIZE_OUT_OF_RANGE,
                    "blocks of " + blockSize + " bytes, expected 1 to " + BLOCK_SIZE_MAX);
        }
        if (datasetSize < 0) {
            throw new InvalidManifest(Reason.DATASET_SIZE_OUT_OF_RANGE,
                    "a dataset of " + Long.toUnsignedString(datasetSize) + " bytes, expected less than 2^63");
        }
        if (!Multihash.isKnown(hash)) {
            throw new InvalidManifest(Reason.UNKNOWN_HASH,
                    "hash function 0x" + Long.toHexString(hash) + " is not one that Codex knows");
        }
        if (cidVersion != 0 && cidVersion != 1) {
            throw new InvalidManifest(Reason.UNKNOWN_VERSION, "CID version " + cidVersion + ", expected 0 or 1");
        }
        long blocks = divideRoundingUp(datasetSize, blockSize);
        long size = blockSize;
        if (!erasureCoding.map(coding -> coding.fits(blocks, size)).orElse(true)) {
            throw new InvalidManifest(Reason.BROKEN_ERASURE_CODING,
                    blocks + " blocks are not what " + erasureCoding.orElseThrow() + " makes");
        }
    }

    /** The manifest of a dataset as Codex uploads it: Codex blocks, SHA2-256, CID version 1, no parity. */
    public static Manifest plain(Cid treeCid, long blockSize, long datasetSize) {
        return new Manifest(treeCid, blockSize, datasetSize, CodexCodec.BLOCK, Multihash.SHA2_256, 1, Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    /** This manifest with a file name and a media type; an empty text is as good as none. */
    public Manifest named(Optional<String> filename, Optional<String> mimetype) {
        return new Manifest(treeCid, blockSize, datasetSize, codec, hash, cidVersion, erasureCoding, filename,
                mimetype);
    }

    /**
     * Reads a manifest. Codex also reads one without block size, version or known codec; it is of no use there either,
     * and refused here.
     *
     * @throws InvalidManifest when the bytes are none; the reason says which rule was broken
     */
    public static Manifest decode(byte[] bytes) {
        if (bytes.length > ENCODED_LENGTH_MAX) {
            throw new InvalidManifest(Reason.TOO_LONG,
                    bytes.length + " bytes, a manifest has at most " + ENCODED_LENGTH_MAX);
        }
        try {
            return ManifestReader.read(bytes);
        } catch (MalformedProtobuf e) {
            throw new InvalidManifest(Reason.MALFORMED, e.finding());
        }
    }

    /**
     * Reads the manifest that a block holds.
     *
     * @throws InvalidManifest when the block's CID does not say that it is one, or the data is none
     */
    public static Manifest of(Block block) {
        if (!block.cid().isCodec(CodexCodec.MANIFEST)) {
            throw new InvalidManifest(Reason.NOT_A_MANIFEST, block.cid() + " is a " + block.cid().contentType()
                    .codecName() + ", expected a " + CodexCodec.MANIFEST.codecName());
        }
        return decode(block.data());
    }

    /** The bytes that a real Codex node writes for this manifest. */
    public byte[] encode() {
        return ManifestWriter.write(this);
    }

    /** The block that holds this manifest. */
    public Block toBlock() {
        return Block.of(CodexCodec.MANIFEST, encode());
    }

    /** The number of blocks. */
    public long blocksCount() {
        return divideRoundingUp(datasetSize, blockSize);
    }

    /** The indices of all blocks. */
    public BlockRanges indices() {
        return datasetSize == 0 ? BlockRanges.EMPTY : BlockRanges.of(0, blocksCount() - 1);
    }

    /**
     * The address of a block.
     *
     * @throws IndexOutOfBoundsException when the dataset has no such block
     */
    public BlockAddress.Leaf address(long index) {
        return new BlockAddress.Leaf(treeCid, Objects.checkIndex(index, blocksCount()));
    }

    /**
     * The number of bytes of a block that belong to the dataset; what follows them in the last block is padding.
     *
     * @throws IndexOutOfBoundsException when the dataset has no such block
     */
    public int dataLength(long index) {
        Objects.checkIndex(index, blocksCount());
        return (int) Math.min(blockSize, datasetSize - index * blockSize);
    }

    /** Whether the dataset has parity blocks. */
    public boolean isProtected() {
        return erasureCoding.isPresent();
    }

    /** Whether storage proofs can be made over the dataset. */
    public boolean isVerifiable() {
        return erasureCoding.flatMap(ErasureCoding::verification).isPresent();
    }

    static long divideRoundingUp(long dividend, long divisor) {
        return dividend / divisor + (dividend % divisor == 0 ? 0 : 1);
    }
}
