package dev.peerscope.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;

/**
 * The tree over the blocks of a dataset, with all its nodes.
 *
 * <p>
 * A leaf is the SHA2-256 digest of its block. Layers are kept as one array each, 32 bytes a node, so a tree takes about
 * 64 bytes a block.
 */
public final class MerkleTree {

    /** The largest number of leaves that is kept in memory: at blocks of 64 KiB a dataset of 1 TiB. */
    public static final int LEAVES_MAX = 1 << 24;

    /** From the leaves, at 0, to the root. */
    private final List<byte[]> layers;

    private MerkleTree(List<byte[]> layers) {
        this.layers = layers;
    }

    /**
     * Collects the digests of the leaves in order.
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The tree over these leaves.
     *
     * @param leafDigests digests of 32 bytes each
     * @throws InvalidMerkleTree when there are none or too many, or one has another length
     */
    public static MerkleTree of(List<byte[]> leafDigests) {
        Builder leaves = builder();
        leafDigests.forEach(leaves::add);
        return leaves.build();
    }

    /**
     * Reads a tree as Codex stores it, and hashes it again to check every node.
     *
     * @throws InvalidMerkleTree when the bytes are none; the reason says which rule was broken
     */
    public static MerkleTree decode(byte[] bytes) {
        return MerkleTreeFormat.decode(bytes);
    }

    /** The bytes that a real Codex node writes for this tree. */
    public byte[] encode() {
        return MerkleTreeFormat.encode(this);
    }

    /** The number of leaves. */
    public int leavesCount() {
        return layers.getFirst().length / TreeHash.LENGTH;
    }

    /** The digest of the root. */
    public byte[] root() {
        return layers.getLast().clone();
    }

    /** The CID of the tree, by which the dataset's blocks are addressed. */
    public Cid treeCid() {
        return Cid.v1(CodexCodec.ROOT, Multihash.of(Multihash.SHA2_256, layers.getLast()));
    }

    /**
     * The digest of a leaf.
     *
     * @throws IndexOutOfBoundsException when the tree has no such leaf
     */
    public byte[] leafDigest(int index) {
        Objects.checkIndex(index, leavesCount());
        return node(layers.getFirst(), index);
    }

    /**
     * The CID of the block at a leaf.
     *
     * @throws IndexOutOfBoundsException when the tree has no such leaf
     */
    public Cid leafCid(int index) {
        return Cid.v1(CodexCodec.BLOCK, Multihash.of(Multihash.SHA2_256, leafDigest(index)));
    }

    /**
     * The way from a leaf to the root.
     *
     * @throws IndexOutOfBoundsException when the tree has no such leaf
     */
    public MerkleProof proof(int index) {
        Objects.checkIndex(index, leavesCount());
        int steps = layers.size() - 1;
        byte[] path = new byte[steps * TreeHash.LENGTH];
        for (int step = 0; step < steps; step++) {
            byte[] layer = layers.get(step);
            int partner = (index >> step ^ 1) * TreeHash.LENGTH;
            // A missing partner stays zero.
            if (partner < layer.length) {
                System.arraycopy(layer, partner, path, step * TreeHash.LENGTH, TreeHash.LENGTH);
            }
        }
        return new MerkleProof(index, leavesCount(), path);
    }

    List<byte[]> layers() {
        return layers;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MerkleTree that && leavesCount() == that.leavesCount()
                && Arrays.equals(layers.getLast(), that.layers.getLast());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(layers.getLast());
    }

    @Override
    public String toString() {
        return treeCid() + " of " + leavesCount() + " leaves";
    }

    private static byte[] node(byte[] layer, int index) {
        return Arrays.copyOfRange(layer, index * TreeHash.LENGTH, (index + 1) * TreeHash.LENGTH);
    }

    /** Collects the digests of the leaves in order, 32 bytes of memory each. Not for use by several threads. */
    public static final class Builder {

        private static final int INITIAL_LEAVES = 64;

        private byte[] leaves = new byte[INITIAL_LEAVES * TreeHash.LENGTH];
        private int count;

        private Builder() {}

        /**
         * Adds the next leaf.
         *
         * @param digest the SHA2-256 digest of the block
         * @throws InvalidMerkleTree when it is not 32 bytes long, or {@link #LEAVES_MAX} leaves are there
         */
        public Builder add(byte[] digest) {
            if (digest.length != TreeHash.LENGTH) {
                throw new InvalidMerkleTree(InvalidMerkleTree.Reason.WRONG_NODE_LENGTH,
                        "leaf " + count + " has " + digest.length + " bytes, expected " + TreeHash.LENGTH);
            }
            if (count == LEAVES_MAX) {
                throw new InvalidMerkleTree(InvalidMerkleTree.Reason.LEAVES_OUT_OF_RANGE,
                        "more than " + LEAVES_MAX + " leaves");
            }
            int at = count * TreeHash.LENGTH;
            if (at == leaves.length) {
                leaves = Arrays.copyOf(leaves, 2 * leaves.length);
            }
            System.arraycopy(digest, 0, leaves, at, TreeHash.LENGTH);
            count++;
            return this;
        }

        /**
         * The tree over the leaves that were added.
         *
         * @throws InvalidMerkleTree when there are none
         */
        public MerkleTree build() {
            if (count == 0) {
                throw new InvalidMerkleTree(InvalidMerkleTree.Reason.LEAVES_OUT_OF_RANGE, "a tree without leaves");
            }
            TreeHash hash = new TreeHash();
            List<byte[]> layers = new ArrayList<>();
            byte[] layer = Arrays.copyOf(leaves, count * TreeHash.LENGTH);
            layers.add(layer);
            // Also a single leaf is hashed once, with a missing partner.
            do {
                layer = hash.parents(layer, layers.size() == 1);
                layers.add(layer);
            } while (layer.length > TreeHash.LENGTH);
            return new MerkleTree(List.copyOf(layers));
        }
    }
}
