package dev.peerscope.node;

import java.util.Locale;

/** How far a watch has come. */
public enum WatchState {
    /** Its manifest is being fetched. */
    RESOLVING,
    /** Its blocks stand on our want-list. */
    ACTIVE,
    /** Its manifest could not be had or used; the watch holds nothing. */
    FAILED;

    /** The word used by the API. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
