package dev.peerscope.journal;

/** As many readers as allowed read along already. */
public final class TooManySubscribers extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int max;

    TooManySubscribers(int max) {
        super("the journal has " + max + " live readers, which is as many as allowed");
        this.max = max;
    }

    /** How many are allowed. */
    public int max() {
        return max;
    }
}
