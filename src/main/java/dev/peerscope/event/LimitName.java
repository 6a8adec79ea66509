package dev.peerscope.event;

/**
 * Every bound of the exchange that a peer or a user can meet. Meeting one is counted under its name and costs only the one
 * who met it.
 */
public enum LimitName {
    /** Blocks in one peer's want-list; a further want-block is not recorded. */
    PEER_WANT_LIST("peer-want-list"),
    /** Presence records of one peer; a further one is not recorded. */
    PEER_PRESENCES("peer-presences"),
    /** Different prices of one peer within one tree; a record at a further one is not recorded. */
    PEER_PRICES("peer-prices"),
    /** Answers owed to a peer that does not read; a further one is not given. */
    PEER_ANSWERS("peer-answers"),
    /** Streams of the exchange that one peer has opened; a further one is reset. */
    PEER_STREAMS("peer-streams"),
    /**
     * Memory that the unfinished messages of one peer take, on all its streams; above it the peer is disconnected. When
     * those of all peers take too much, it is the peer that takes most.
     */
    PARTIAL_MESSAGES("partial-messages"),
    /** Blocks wanted by us; a further watch or download is refused. */
    WANTS("wants"),
    /** Watches and downloads together; a further one is refused. */
    WANT_HOLDERS("want-holders"),
    /** Connected peers; a further one is not let in. */
    PEERS("peers"),
    /** Engine inputs waiting; connections are not read meanwhile. */
    ENGINE_INBOX("engine-inbox"),
    /** Deliveries waiting for verification; the inbox is not drained meanwhile. */
    VERIFICATION_QUEUE("verification-queue"),
    /** Bytes waiting to be written to one peer; the engine stops producing for it. */
    PEER_OUTBOUND("peer-outbound"),
    /** Bytes of blocks held; a further one is refused. */
    BLOCK_STORE("block-store"),
    /** Presence changes kept; the oldest are forgotten. */
    CHANGE_HISTORY("change-history"),
    /** Live readers of the change stream; a further one is refused. */
    STREAM_SUBSCRIBERS("stream-subscribers");

    private final String text;

    LimitName(String text) {
        this.text = text;
    }

    /** The word used by the API and by metrics. */
    public String text() {
        return text;
    }
}
