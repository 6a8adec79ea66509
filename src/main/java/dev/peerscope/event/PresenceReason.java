package dev.peerscope.event;

/** Why presence changed: a closed set, shown by the API and counted by metrics as {@link #text()}. */
public enum PresenceReason {
    /** The peer said that it has the block. */
    ANNOUNCED("announced"),
    /** The peer said so again at another price. */
    PRICE_CHANGED("price-changed"),
    /** The peer said that it does not have the block. */
    DONT_HAVE_RECEIVED("dont-have-received"),
    /** We asked again and were not answered in time. */
    NOT_CONFIRMED("not-confirmed"),
    /** What the peer delivered under this address was not the block. */
    PROVEN_WRONG("proven-wrong"),
    /** Our download got the block and no watch holds it. */
    DELIVERED("delivered"),
    /** We gave up the want. */
    RELEASED("released"),
    /** The peer closed the connection, or it was lost. */
    PEER_DEPARTED("peer-departed"),
    /** We dropped the peer for what it did. */
    PEER_DROPPED("peer-dropped"),
    /** The peer had requests open and delivered nothing in time. */
    PEER_TIMEOUT("peer-timeout"),
    /** A bound on presence was met and this record had to go. */
    LIMIT_EVICTED("limit-evicted"),
    /** Someone disconnected the peer. */
    OPERATOR("operator"),
    /** This node stopped. */
    NODE_STOPPED("node-stopped");

    private final String text;

    PresenceReason(String text) {
        this.text = text;
    }

    /** The word used by the API and by metrics. */
    public String text() {
        return text;
    }
}
