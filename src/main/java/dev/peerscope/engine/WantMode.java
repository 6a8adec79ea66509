package dev.peerscope.engine;

import java.util.Locale;

/** How a block is wanted. */
public enum WantMode {
    /** Ask who has it, never for the block itself. */
    WATCH,
    /** Ask who has it, then for the block, from one peer at a time. */
    FETCH;

    /** The word used by the API and by metrics. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
