package dev.peerscope.event;

import java.util.Locale;

/** What happened to a block in a peer's want-list. */
public enum WantListChange {
    /** The peer asked for it with want-block. */
    ADDED,
    /** It asked again with another priority or flag. */
    UPDATED,
    /** It no longer stands in the want-list. */
    REMOVED;

    /** The word used by metrics. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
