package dev.peerscope.event;

/** What we know of one block at one peer. */
public enum PresenceState {
    /** The peer said that it has the block. */
    HAVE("have"),
    /** The peer said that it does not have the block. */
    DONT_HAVE("dontHave"),
    /** The peer has said neither, or what it said no longer holds. */
    UNKNOWN("unknown");

    private final String text;

    PresenceState(String text) {
        this.text = text;
    }

    /** The word used by the API. */
    public String text() {
        return text;
    }
}
