package dev.peerscope.limit;

/**
 * Every bound that a peer, a user or time can meet. Meeting one is counted under its name and costs only the one who met it.
 *
 * <p>
 * A standing bound is in use all the time, by what is there now. The others hold for one message, frame or request: they are met
 * or not, and in between nothing of them is in use.
 */
public enum LimitName {
    CONNECTIONS("connections", true,
            "Connections of both directions, dials under way included; an eighth of them is kept for dials. When a further one comes in, the address that has most loses its least useful one, or it is refused."),
    PEER_CONNECTIONS("peer-connections", true, "Connections with one peer; a further one is refused."),
    ADDRESS_SHARE("address-share", true,
            "Connections that came in from one address, which in IPv6 is a /64; a further one is refused. Networks in peerscope.limits.address-share-exempt have no share."),
    INBOUND_HANDSHAKES("inbound-handshakes", true,
            "Sockets that came in and have not shown yet whose they are; at one more the oldest of the address that has most is closed."),
    PEERS("peers", true, "Connected peers; a further one is not let in."),
    CONNECTION_STREAMS("connection-streams", true,
            "Streams that the other side of one connection has open; one more costs it the connection. We open no more ourselves."),
    FRAME_LENGTH("frame-length", false,
            "Bytes in one frame of a muxer, and in yamux no more than the stream's window; a longer one costs the connection."),
    STREAM_OUTBOUND("stream-outbound", true, "Bytes that wait on one stream; nothing more is written to it meanwhile."),
    SOCKET_OUTBOUND("socket-outbound", true,
            "Bytes that wait for one socket; nothing more is written to its streams meanwhile."),
    AGENT_LENGTH("agent-length", false,
            "Bytes of the agent or of another text in what a peer says about itself; a longer one, or more of them than it may say, costs the connection."),

    PEER_STREAMS("peer-streams", true, "Streams of the exchange that one peer has opened; a further one is reset."),
    PARTIAL_MESSAGES("partial-messages", true,
            "Memory that the unfinished messages of one peer take, on all its streams; above it the peer is disconnected."),
    MESSAGE_LENGTH("message-length", false, "Bytes of one message; a longer one costs the connection."),
    MESSAGE_WANT_LIST("message-want-list", false,
            "Want-list entries of one message; one with more costs the connection."),
    MESSAGE_PRESENCES("message-presences", false, "Presences of one message; one with more costs the connection."),
    MESSAGE_DELIVERIES("message-deliveries", false, "Deliveries of one message; one with more costs the connection."),
    BLOCK_LENGTH("block-length", false, "Bytes of one delivered block; a longer one costs the connection."),

    PEER_WANT_LIST("peer-want-list", true, "Blocks in one peer's want-list; a further want-block is not recorded."),
    PEER_PRESENCES("peer-presences", true, "Presence records of one peer; a further one is not recorded."),
    PEER_PRICES("peer-prices", true,
            "Different prices of one peer within one tree, or of its single blocks; a record at a further one is not recorded."),
    PEER_ANSWERS("peer-answers", true, "Answers owed to a peer that does not read; a further one is not given."),
    PEER_OUTBOUND("peer-outbound", true,
            "Memory that messages to one peer take until they are written; the engine produces nothing for it meanwhile."),
    PROVEN_WRONG("proven-wrong", true,
            "Deliveries of one peer that were not the block that they were to be; at that many it is disconnected."),
    WANTS("wants", true, "Blocks wanted by us; a further watch or download is refused."),
    WANT_HOLDERS("want-holders", true, "Watches and downloads together; a further one is refused."),

    ENGINE_INBOX("engine-inbox", true,
            "Messages that wait for the engine; at more, a connection that has one among them is not read meanwhile."),
    ENGINE_INBOX_BYTES("engine-inbox-bytes", true,
            "Bytes of the messages that wait for the engine; at more, or while less than an eighth of the memory of all peers is left, a connection that has one among them is not read meanwhile."),
    CONNECTION_INBOX("connection-inbox", true,
            "Messages of one connection that wait for the engine; it is not read meanwhile."),
    QUESTIONS("questions", true, "Questions of readers that wait for the engine; a further one is answered with 503."),
    VERIFICATION_QUEUE("verification-queue", true,
            "Blocks that wait for verification; no message is taken meanwhile."),
    BLOCK_STORE("block-store", true, "Bytes of blocks held; a further one is refused."),
    PRESENCE_LIFETIMES("presence-lifetimes", true,
            "Ranges and single blocks whose time at a peer is measured, a sixteenth of them at one peer; blocks beyond are not measured."),

    DEPARTED_PEERS("departed-peers", true,
            "Peers remembered after their leave; short sessions in which no block moved are forgotten first, and the oldest of the address that has most."),
    REFUSED_CONNECTIONS("refused-connections", true,
            "Connections remembered that ended before join: the newest 100, and the newest 20 of each reason; older ones are forgotten."),
    ENDED_DOWNLOADS("ended-downloads", true, "Downloads remembered after their end; the oldest are forgotten."),
    CHANGE_HISTORY("change-history", true, "Presence changes kept in memory; the oldest are forgotten there."),
    CHANGE_HISTORY_RANGES("change-history-ranges", true,
            "Ranges of blocks in all presence changes kept in memory; the oldest changes are forgotten there."),
    CHANGE_HISTORY_FILE("change-history-file", true,
            "Bytes of presence changes kept on disk; the oldest are forgotten."),
    CHANGE_HISTORY_READERS("change-history-readers", true,
            "Readers of the presence changes on disk at a time; a further one waits, and is answered with 503 after five seconds."),
    CHANGE_HISTORY_POINTS("change-history-points", true,
            "Joins and leaves that wait to be kept after a gap, as points at which a peer's state is certain again; a further one is not kept."),
    STREAM_SUBSCRIBERS("stream-subscribers", true, "Live readers of presence changes; a further one is refused."),
    PROGRESS_READERS("progress-readers", true,
            "Live readers of the progress of downloads; a further one is refused."),
    RECENT_ANSWERS("recent-answers", true,
            "Bytes of answers kept to be given again while nothing has changed; all of them are forgotten."),
    REQUEST_BODY("request-body", false, "Bytes of the body of one request; a longer one is refused."),
    REQUEST_CIDS("request-cids", false, "CIDs that one watch or download names; one with more is refused."),
    BITFIELD("bitfield", false, "Bytes of a have-set as bits; a longer one is refused."),

    MEMORY("memory", true,
            "Memory that all peers take: messages to and from them, answers owed, blocks to verify, presences, want-lists and asks; above it the peer that takes most is disconnected.");

    private final String text;
    private final boolean standing;
    private final String sentence;

    LimitName(String text, boolean standing, String sentence) {
        this.text = text;
        this.standing = standing;
        this.sentence = sentence;
    }

    /** The word used by the API and by metrics. */
    public String text() {
        return text;
    }

    /** Whether something of it can be in use; false for a bound on one message, frame or request. */
    public boolean isStanding() {
        return standing;
    }

    /** What is counted, in which unit, and what meeting it costs. */
    public String sentence() {
        return sentence;
    }
}
