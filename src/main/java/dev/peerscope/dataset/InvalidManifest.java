package dev.peerscope.dataset;

/** Bytes or values that were to be a manifest, and are none. */
public final class InvalidManifest extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    InvalidManifest(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Which rule was broken; the message says by what, and what was expected. */
    public Reason reason() {
        return reason;
    }

    /** The rules that a manifest can break. */
    public enum Reason {
        /** The block's CID does not say that it is a manifest. */
        NOT_A_MANIFEST,
        /** Longer than any manifest that is read; not looked at further. */
        TOO_LONG,
        /** No protobuf message. */
        MALFORMED,
        /** A CID that is missing or none. */
        INVALID_CID,
        /** No block size, or one beyond what a message can carry. */
        BLOCK_SIZE_OUT_OF_RANGE,
        /** A size of 2^63 bytes or more. */
        DATASET_SIZE_OUT_OF_RANGE,
        /** A content type of blocks that a Codex node does not know. */
        UNKNOWN_CODEC,
        /** A hash function of blocks that a Codex node does not know. */
        UNKNOWN_HASH,
        /** A CID version of blocks other than 0 and 1. */
        UNKNOWN_VERSION,
        /** A way of numbering blocks other than linear and stepped. */
        UNKNOWN_STRATEGY,
        /** Sizes and numbers of an erasure-coded dataset that contradict each other. */
        BROKEN_ERASURE_CODING,
        /** Another number of slot roots than there are slots. */
        WRONG_SLOT_COUNT
    }
}
