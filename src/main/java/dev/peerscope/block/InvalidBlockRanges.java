package dev.peerscope.block;

/** Text that was to be a set of leaf indices, and is not; the message names the part that is at fault. */
public final class InvalidBlockRanges extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    InvalidBlockRanges(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Which rule was broken. */
    public Reason reason() {
        return reason;
    }

    /** The rules that a text of ranges can break. */
    public enum Reason {
        /** Something other than {@code 12} or {@code 12-34} between two commas. */
        MALFORMED,
        /** An index of 2^63 or more. */
        INDEX_TOO_LARGE,
        /** A range whose last index is below its first. */
        DESCENDING,
        /** More ranges than the reader allows. */
        TOO_MANY_RANGES
    }
}
