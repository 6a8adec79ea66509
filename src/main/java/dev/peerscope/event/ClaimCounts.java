package dev.peerscope.event;

/**
 * What became of one peer's claims to have blocks that we then asked it for, in blocks. See {@link ClaimOutcome}.
 *
 * @param delivered
 *            it delivered
 * @param timeout
 *            it did not deliver in time, or left with the request open
 * @param dontHave
 *            it then said that it does not have the block
 * @param invalid
 *            what it delivered was refused
 * @param superseded
 *            another peer delivered first, or the want ended
 */
public record ClaimCounts(long delivered, long timeout, long dontHave, long invalid, long superseded) {

    /** Nothing was asked of it yet. */
    public static final ClaimCounts NONE = new ClaimCounts(0, 0, 0, 0, 0);

    /** With so many more blocks of this outcome. */
    public ClaimCounts plus(ClaimOutcome outcome, long blocks) {
        return switch (outcome) {
            case DELIVERED -> new ClaimCounts(delivered + blocks, timeout, dontHave, invalid, superseded);
            case TIMEOUT -> new ClaimCounts(delivered, timeout + blocks, dontHave, invalid, superseded);
            case DONT_HAVE -> new ClaimCounts(delivered, timeout, dontHave + blocks, invalid, superseded);
            case INVALID -> new ClaimCounts(delivered, timeout, dontHave, invalid + blocks, superseded);
            case SUPERSEDED -> new ClaimCounts(delivered, timeout, dontHave, invalid, superseded + blocks);
        };
    }
}
