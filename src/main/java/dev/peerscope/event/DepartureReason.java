package dev.peerscope.event;

/** Why a peer is no longer connected. The API shows {@link #text()}. */
public enum DepartureReason {
    /** It said goodbye: the connection ended in order. */
    PEER_CLOSED("peer-closed", PresenceReason.PEER_DEPARTED),
    /** The connection broke, or stayed silent through a ping. */
    CONNECTION_LOST("connection-lost", PresenceReason.PEER_DEPARTED),
    /** It had our requests and delivered nothing in time. */
    PEER_TIMEOUT("peer-timeout", PresenceReason.PEER_TIMEOUT),
    /** It broke a rule of the protocol. */
    PROTOCOL_VIOLATION("protocol-violation", PresenceReason.PEER_DROPPED),
    /** It met a bound whose price is the connection. */
    LIMIT_MET("limit-met", PresenceReason.PEER_DROPPED),
    /** Someone asked us to disconnect it. */
    OPERATOR("operator", PresenceReason.OPERATOR),
    /** We are stopping. */
    NODE_STOPPED("node-stopped", PresenceReason.NODE_STOPPED);

    private final String text;
    private final PresenceReason presenceReason;

    DepartureReason(String text, PresenceReason presenceReason) {
        this.text = text;
        this.presenceReason = presenceReason;
    }

    /** The word used by the API and by metrics. */
    public String text() {
        return text;
    }

    /** The reason with which the presence of such a peer leaves. */
    public PresenceReason presenceReason() {
        return presenceReason;
    }
}
