package dev.peerscope.limit;

/** What memory is taken for that grows with peers. */
public enum MemoryKind {
    /** Messages to the peer that have not been written to its socket. */
    QUEUED_MESSAGES("queued-messages"),
    /** Bytes that wait on the streams of its connections, and for their sockets. */
    CONNECTIONS("connections"),
    /** Messages of the peer that wait for the engine. */
    INBOX("inbox"),
    /** Messages of the peer that have begun to arrive and are not complete. */
    PARTIAL_MESSAGES("partial-messages"),
    /** Answers and requests that wait until the peer reads. */
    ANSWERS("answers"),
    /** Delivered blocks that wait for verification. */
    VERIFICATION("verification"),
    /** What the peer has and denied, at which price, and when it said so. */
    PRESENCES("presences"),
    /** What the peer wants. */
    WANT_LIST("want-list"),
    /** What the peer was asked and has not answered, and what was asked lately. */
    ASKS("asks");

    private final String text;

    MemoryKind(String text) {
        this.text = text;
    }

    /** The word used in the log. */
    public String text() {
        return text;
    }
}
