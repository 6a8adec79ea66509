package dev.peerscope.dataset;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;
import dev.peerscope.block.Multihash;
import dev.peerscope.dataset.InvalidMerkleProof.Reason;

/**
 * The way from a leaf of a dataset's tree to its root.
 *
 * <p>
 * On the wire {@code {1 hash function, 2 index, 3 number of leaves, 4 node* {1 digest}}}. The path is shared, not
 * copied: whoever hands it over or gets it leaves it as it is.
 *
 * @param index       the number of the leaf, counted from 0
 * @param leavesCount the number of leaves of the tree, as the proof claims it: within bounds it is bound by the root
 *                    only as far as it changes the way
 * @param path        the partner of each node from bottom to top, 32 bytes each, zeros where there is none
 */
public record MerkleProof(long index, long leavesCount, byte[] path) {

    /** The steps of the largest tree. */
    public static final int STEPS_MAX = 63;

    /** The longest encoding that is read; leaves room for fields that are unknown here. */
    public static final int ENCODED_LENGTH_MAX = 4096;

    private static final int HASH = 1 << 3 | ProtobufReader.VARINT;
    private static final int INDEX = 2 << 3 | ProtobufReader.VARINT;
    private static final int LEAVES_COUNT = 3 << 3 | ProtobufReader.VARINT;
    private static final int NODE = 4 << 3 | ProtobufReader.BYTES;

    /**
     * A proof of these parts.
     *
     * @throws InvalidMerkleProof when they do not fit each other
     */
    public MerkleProof {
        checkNumbers(Multihash.SHA2_256, index, leavesCount);
        if (index >= leavesCount) {
            throw new InvalidMerkleProof(Reason.INDEX_BEYOND_LEAVES,
                    "index " + index + " in a tree of " + leavesCount + " leaves");
        }
        int expected = TreeHash.depth(leavesCount) * TreeHash.LENGTH;
        if (path.length != expected) {
            throw new InvalidMerkleProof(Reason.WRONG_PATH_LENGTH, "a path of " + path.length + " bytes, a tree of "
                    + leavesCount + " leaves has one of " + expected);
        }
    }

    /**
     * Reads a proof that fills the bytes.
     *
     * @throws InvalidMerkleProof when they are none; the reason says which rule was broken
     */
    public static MerkleProof decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /**
     * Reads a proof that fills {@code length} bytes from {@code offset}.
     *
     * @throws InvalidMerkleProof        when they are none; the reason says which rule was broken
     * @throws IndexOutOfBoundsException when the range is not inside the array
     */
    public static MerkleProof decode(byte[] bytes, int offset, int length) {
        return decode(ByteBuffer.wrap(bytes, offset, length));
    }

    /**
     * Reads a proof that fills the rest of the buffer.
     *
     * @throws InvalidMerkleProof when it is none; the reason says which rule was broken
     */
    public static MerkleProof decode(ByteBuffer bytes) {
        if (bytes.remaining() > ENCODED_LENGTH_MAX) {
            throw new InvalidMerkleProof(Reason.TOO_LONG,
                    bytes.remaining() + " bytes, a proof has at most " + ENCODED_LENGTH_MAX);
        }
        try {
            return read(new ProtobufReader(bytes));
        } catch (MalformedProtobuf e) {
            throw new InvalidMerkleProof(Reason.MALFORMED, e.finding());
        }
    }

    private static MerkleProof read(ProtobufReader fields) {
        long hash = 0;
        long index = 0;
        long leavesCount = 0;
        List<ByteBuffer> nodes = new ArrayList<>();
        while (fields.next()) {
            switch (fields.tag()) {
                case HASH -> hash = fields.varint();
                case INDEX -> index = fields.varint();
                case LEAVES_COUNT -> leavesCount = fields.varint();
                case NODE -> nodes.add(fields.bytes());
                default -> fields.skip();
            }
        }
        // First: a real node fails on these whatever else is wrong with the proof.
        checkNumbers(hash, index, leavesCount);
        if (hash != Multihash.SHA2_256) {
            throw new InvalidMerkleProof(Reason.UNSUPPORTED_HASH, "a tree over hash function 0x"
                    + Long.toHexString(hash) + ", expected 0x" + Long.toHexString(Multihash.SHA2_256));
        }
        ByteBuffer path = ByteBuffer.allocate(STEPS_MAX * TreeHash.LENGTH);
        nodes.forEach(node -> addNode(TreeNodes.read(node), path));
        return new MerkleProof(index, leavesCount, Arrays.copyOf(path.array(), path.position()));
    }

    /** A real node turns these into signed 64-bit integers, and adds 1 to the number of leaves. */
    private static void checkNumbers(long hash, long index, long leavesCount) {
        if (hash < 0 || index < 0 || leavesCount < 0 || leavesCount == Long.MAX_VALUE) {
            throw new InvalidMerkleProof(Reason.OUT_OF_RANGE, "hash function 0x" + Long.toHexString(hash) + ", index "
                    + Long.toUnsignedString(index) + " of " + Long.toUnsignedString(leavesCount)
                    + " leaves; all must be below 2^63, and the leaves fewer than 2^63-1");
        }
    }

    private static void addNode(byte[] digest, ByteBuffer path) {
        if (digest.length != TreeHash.LENGTH) {
            throw new InvalidMerkleProof(Reason.WRONG_NODE_LENGTH, "node " + path.position() / TreeHash.LENGTH
                    + " of the path has " + digest.length + " bytes, expected " + TreeHash.LENGTH);
        }
        if (!path.hasRemaining()) {
            throw new InvalidMerkleProof(Reason.WRONG_PATH_LENGTH, "a path of more than " + STEPS_MAX + " steps");
        }
        path.put(digest);
    }

    /** The bytes that a real Codex node writes for this proof. */
    public byte[] encode() {
        ProtobufWriter fields = new ProtobufWriter().varint(HASH, Multihash.SHA2_256).varint(INDEX, index)
                .varint(LEAVES_COUNT, leavesCount);
        TreeNodes.write(fields, NODE, path);
        return fields.toBytes();
    }

    /**
     * Whether this way leads from the leaf to the root.
     *
     * @param leafDigest the SHA2-256 digest of the block, 32 bytes
     * @param root       the digest in the tree's CID, 32 bytes
     */
    public boolean verify(byte[] leafDigest, byte[] root) {
        if (leafDigest.length != TreeHash.LENGTH || root.length != TreeHash.LENGTH) {
            return false;
        }
        byte[] node = leafDigest.clone();
        new TreeHash().climb(node, index, leavesCount, path);
        return Arrays.equals(node, root);
    }

    /** Whether the block of this CID is the leaf at this address; false as well when either is not over SHA2-256. */
    public boolean proves(BlockAddress.Leaf address, Cid block) {
        Multihash leaf = block.multihash();
        Multihash root = address.treeCid().multihash();
        return index == address.index() && leaf.code() == Multihash.SHA2_256 && root.code() == Multihash.SHA2_256
                && verify(leaf.digest(), root.digest());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MerkleProof that && index == that.index && leavesCount == that.leavesCount
                && Arrays.equals(path, that.path);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(index) + Arrays.hashCode(path);
    }

    @Override
    public String toString() {
        return "leaf " + index + " of " + leavesCount + " in " + path.length / TreeHash.LENGTH + " steps";
    }
}
