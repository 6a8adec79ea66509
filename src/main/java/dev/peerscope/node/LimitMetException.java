package dev.peerscope.node;

import dev.peerscope.limit.LimitName;

/** A command would have taken the node over one of its bounds; nothing was changed. */
public final class LimitMetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final LimitName limit;

    LimitMetException(LimitName limit, String sentence) {
        super(sentence);
        this.limit = limit;
    }

    /** The bound. */
    public LimitName limit() {
        return limit;
    }
}
