package dev.peerscope.block;

/** Bytes or text that were to be a CID, or the multihash inside one, and are not. */
public final class InvalidCid extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    InvalidCid(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Which rule was broken; the message says by what, and what was expected. */
    public Reason reason() {
        return reason;
    }

    /** The rules that a CID can break. */
    public enum Reason {
        /** There is nothing to read. */
        EMPTY,
        /** Longer than any CID that a Codex node accepts; not looked at further. */
        TOO_LONG,
        /** The bytes end before the CID does. */
        TRUNCATED,
        /** The CID ends before the bytes do. */
        TRAILING_BYTES,
        /** The first character of a text names no multibase that is read here. */
        UNKNOWN_BASE,
        /** A character that the named base does not have. */
        BAD_CHARACTER,
        /** A text that decodes, but is not how its base writes these bytes. */
        NOT_CANONICAL,
        /** A varint that is longer than needed, or than 63 bits. */
        BAD_VARINT,
        /** A version other than 0 and 1, or version 0 where only 1 may stand. */
        UNSUPPORTED_VERSION,
        /** A content type that a Codex node does not know. */
        UNKNOWN_CODEC,
        /** A hash function that a Codex node does not know. */
        UNKNOWN_HASH,
        /** A digest that is not as long as its hash function makes it. */
        WRONG_DIGEST_LENGTH
    }
}
