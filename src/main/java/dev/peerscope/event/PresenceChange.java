package dev.peerscope.event;

/** What happened to presence; the API shows the name in lower case. */
public enum PresenceChange {
    /** Now had; was unknown, or denied. */
    ADDED,
    /** Was had, is unknown now. */
    REMOVED,
    /** Had before and now, at another price. */
    REPRICED,
    /** Now known not to have it; was had, or unknown. */
    DENIED,
    /** A denial ended without becoming a have. */
    UNDENIED;

    /** The word used by the API and by metrics. */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
