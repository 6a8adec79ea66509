package dev.peerscope.dataset;

/** Bytes that were to be a Merkle tree, and are none. */
public final class InvalidMerkleTree extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    InvalidMerkleTree(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Which rule was broken; the message says by what, and what was expected. */
    public Reason reason() {
        return reason;
    }

    /** The rules that a tree can break. */
    public enum Reason {
        /** No protobuf message. */
        MALFORMED,
        /** A tree over another hash function than SHA2-256. */
        UNSUPPORTED_HASH,
        /** A node that is not a digest of 32 bytes. */
        WRONG_NODE_LENGTH,
        /** No leaves, or more than {@link MerkleTree#LEAVES_MAX}. */
        LEAVES_OUT_OF_RANGE,
        /** Fewer or more nodes than a tree of so many leaves has. */
        WRONG_NODE_COUNT,
        /** A node that is not the hash of its children. */
        INCONSISTENT
    }
}
