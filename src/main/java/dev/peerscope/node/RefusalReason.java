package dev.peerscope.node;

import java.util.Locale;

import dev.peerscope.event.DepartureReason;
import dev.peerscope.transport.RefusalKind;

/** Why a connection ended before its peer joined: a closed set, to count by. The API shows {@link #text()}. */
public enum RefusalReason {
    /** The name does not resolve, or nobody answers at the address. */
    UNREACHABLE,
    /** A step took longer than it may. */
    TIMEOUT,
    /** The other side closed the connection before it stood, or it broke. */
    CONNECTION_LOST,
    /** The other side sent what the protocol does not allow. */
    PROTOCOL_VIOLATION,
    /** The other side's key or signature does not hold. */
    IDENTITY_INVALID,
    /** The other side proved to be another peer than the expected one. */
    WRONG_PEER,
    /** The other side is ourselves. */
    OURSELVES,
    /** No security protocol or muxer is spoken by both sides. */
    NO_COMMON_PROTOCOL,
    /** There are as many connections or peers as there may be. */
    LIMIT_MET,
    /** There are as many connections from the other side's address as one address may have. */
    ADDRESS_SHARE,
    /** The connection stood, and the peer closed it in order before it was let in. */
    PEER_CLOSED,
    /** Someone asked us to disconnect the peer before it was let in. */
    OPERATOR,
    /** We are stopping. */
    NODE_STOPPED;

    /** Of a connection that never stood. */
    static RefusalReason of(RefusalKind kind) {
        return switch (kind) {
            case UNREACHABLE -> UNREACHABLE;
            case TIMEOUT -> TIMEOUT;
            case CONNECTION_LOST -> CONNECTION_LOST;
            case PROTOCOL_VIOLATION -> PROTOCOL_VIOLATION;
            case IDENTITY_INVALID -> IDENTITY_INVALID;
            case WRONG_PEER -> WRONG_PEER;
            case OURSELVES -> OURSELVES;
            case NO_COMMON_PROTOCOL -> NO_COMMON_PROTOCOL;
            case LIMIT_MET -> LIMIT_MET;
            case ADDRESS_SHARE -> ADDRESS_SHARE;
            case HOST_STOPPED -> NODE_STOPPED;
        };
    }

    /** Of a session whose peer was never let in. */
    static RefusalReason of(DepartureReason reason) {
        return switch (reason) {
            case PEER_CLOSED -> PEER_CLOSED;
            case CONNECTION_LOST -> CONNECTION_LOST;
            case PEER_TIMEOUT -> TIMEOUT;
            case PROTOCOL_VIOLATION -> PROTOCOL_VIOLATION;
            case LIMIT_MET -> LIMIT_MET;
            case OPERATOR -> OPERATOR;
            case NODE_STOPPED -> NODE_STOPPED;
        };
    }

    /** The word used by the API and by metrics: lower case with hyphens. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
