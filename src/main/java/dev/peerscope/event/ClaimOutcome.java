package dev.peerscope.event;

import java.util.Locale;

/** What became of a peer's claim to have a block once we had asked for that block. */
public enum ClaimOutcome {
    /** It delivered. */
    DELIVERED,
    /** It did not deliver in time, or left with the request open. */
    TIMEOUT,
    /** It then said that it does not have it. */
    DONT_HAVE,
    /** What it delivered was refused. */
    INVALID,
    /** Another peer delivered first, or the want ended. */
    SUPERSEDED;

    /** The word used by metrics. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
