package dev.peerscope.event;

import java.util.Locale;

/** What became of a block that moved between a peer and us. */
public enum BlockOutcome {
    /** Verified and stored, or handed to the socket. */
    OK,
    /** Received, but held already or on its way into the store. */
    DUPLICATE,
    /** Received without having been requested from this peer; not looked at further. */
    UNREQUESTED,
    /** Received and refused: wrong data, wrong proof, wrong tree, wrong index, no proof. */
    INVALID;

    /** The word used by metrics. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
