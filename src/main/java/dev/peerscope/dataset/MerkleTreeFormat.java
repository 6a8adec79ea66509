package dev.peerscope.dataset;

import java.nio.ByteBuffer;
import java.util.Arrays;

import dev.peerscope.block.Multihash;
import dev.peerscope.dataset.InvalidMerkleTree.Reason;

/**
 * The bytes of a tree as Codex stores them: {@code {1 hash function, 2 number of leaves, 3 node* {1 digest}}}, all nodes
 * layer by layer from the leaves to the root.
 */
final class MerkleTreeFormat {

    private static final int HASH = 1 << 3 | ProtobufReader.VARINT;
    private static final int LEAVES_COUNT = 2 << 3 | ProtobufReader.VARINT;
    private static final int NODE = 3 << 3 | ProtobufReader.BYTES;

    private MerkleTreeFormat() {}

    static byte[] encode(MerkleTree tree) {
        ProtobufWriter fields = new ProtobufWriter().varint(HASH, Multihash.SHA2_256).varint(LEAVES_COUNT,
                tree.leavesCount());
        for (byte[] layer : tree.layers()) {
            TreeNodes.write(fields, NODE, layer);
        }
        return fields.toBytes();
    }

    static MerkleTree decode(byte[] bytes) {
        try {
            return read(new ProtobufReader(ByteBuffer.wrap(bytes)), bytes.length);
        } catch (MalformedProtobuf e) {
            throw new InvalidMerkleTree(Reason.MALFORMED, e.finding());
        }
    }

    private static MerkleTree read(ProtobufReader fields, int length) {
        long hash = 0;
        long leavesCount = 0;
        // Each node takes more than its digest, so its digests have room in as many bytes as the message has.
        ByteBuffer nodes = ByteBuffer.allocate(length);
        while (fields.next()) {
            switch (fields.tag()) {
                case HASH -> hash = fields.varint();
                case LEAVES_COUNT -> leavesCount = fields.varint();
                case NODE -> addNode(TreeNodes.read(fields.bytes()), nodes);
                default -> fields.skip();
            }
        }
        if (hash != Multihash.SHA2_256) {
            throw new InvalidMerkleTree(Reason.UNSUPPORTED_HASH, "a tree over hash function 0x" + Long.toHexString(hash)
                    + ", expected 0x" + Long.toHexString(Multihash.SHA2_256));
        }
        return rebuilt(leavesCount, Arrays.copyOf(nodes.array(), nodes.position()));
    }

    private static void addNode(byte[] digest, ByteBuffer nodes) {
        if (digest.length != TreeHash.LENGTH) {
            throw new InvalidMerkleTree(Reason.WRONG_NODE_LENGTH, "node " + nodes.position() / TreeHash.LENGTH
                    + " has " + digest.length + " bytes, expected " + TreeHash.LENGTH);
        }
        nodes.put(digest);
    }

    private static MerkleTree rebuilt(long leavesCount, byte[] nodes) {
        if (leavesCount < 1 || leavesCount > MerkleTree.LEAVES_MAX) {
            throw new InvalidMerkleTree(Reason.LEAVES_OUT_OF_RANGE, Long.toUnsignedString(leavesCount)
                    + " leaves, expected 1 to " + MerkleTree.LEAVES_MAX);
        }
        int expected = nodesCount((int) leavesCount);
        if (nodes.length != (long) expected * TreeHash.LENGTH) {
            throw new InvalidMerkleTree(Reason.WRONG_NODE_COUNT, nodes.length / TreeHash.LENGTH + " nodes, a tree of "
                    + leavesCount + " leaves has " + expected);
        }
        MerkleTree.Builder leaves = MerkleTree.builder();
        for (int i = 0; i < leavesCount; i++) {
            leaves.add(Arrays.copyOfRange(nodes, i * TreeHash.LENGTH, (i + 1) * TreeHash.LENGTH));
        }
        MerkleTree tree = leaves.build();
        int at = 0;
        for (byte[] layer : tree.layers()) {
            if (!Arrays.equals(layer, 0, layer.length, nodes, at, at + layer.length)) {
                throw new InvalidMerkleTree(Reason.INCONSISTENT,
                        "a node from number " + at / TreeHash.LENGTH + " on is not the hash of its children");
            }
            at += layer.length;
        }
        return tree;
    }

    private static int nodesCount(int leavesCount) {
        int count = leavesCount;
        int layer = leavesCount;
        for (int step = TreeHash.depth(leavesCount); step > 0; step--) {
            layer = (layer + 1) / 2;
            count += layer;
        }
        return count;
    }
}
