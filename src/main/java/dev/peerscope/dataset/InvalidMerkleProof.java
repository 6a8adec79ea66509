package dev.peerscope.dataset;

/** Bytes or values that were to be a Merkle proof, and are none. A proof that proves nothing is still a proof. */
public final class InvalidMerkleProof extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    InvalidMerkleProof(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Which rule was broken; the message says by what, and what was expected. */
    public Reason reason() {
        return reason;
    }

    /** The rules that a proof can break. */
    public enum Reason {
        /** Longer than any proof; not looked at further. */
        TOO_LONG,
        /** No protobuf message. */
        MALFORMED,
        /** A tree over another hash function than SHA2-256. */
        UNSUPPORTED_HASH,
        /** A node that is not a digest of 32 bytes. */
        WRONG_NODE_LENGTH,
        /** A hash function, index or number of leaves of 2^63 or more, or 2^63-1 leaves: a real Codex node dies of it. */
        OUT_OF_RANGE,
        /** An index that a tree of so many leaves does not have. */
        INDEX_BEYOND_LEAVES,
        /** Fewer or more steps than a tree of so many leaves has, none included. */
        WRONG_PATH_LENGTH
    }
}
