package dev.peerscope.node;

import dev.peerscope.event.DepartureReason;
import dev.peerscope.transport.CloseReason;

/** How ends of connections and leaves of peers speak of each other: two closed sets ({@code docs/protocol.md} 5.15). */
final class Departures {

    private Departures() {}

    /** Why a peer has left whose last connection ended for this reason, unless we have ended it and know better. */
    static DepartureReason reason(CloseReason.Kind closed) {
        return switch (closed) {
            case LOCAL_CLOSE -> DepartureReason.OPERATOR;
            case REMOTE_CLOSE -> DepartureReason.PEER_CLOSED;
            // A ping without answer says no more than a socket that failed.
            case CONNECTION_LOST, TIMEOUT -> DepartureReason.CONNECTION_LOST;
            case PROTOCOL_VIOLATION -> DepartureReason.PROTOCOL_VIOLATION;
            case LIMIT_MET -> DepartureReason.LIMIT_MET;
            case HOST_STOPPED -> DepartureReason.NODE_STOPPED;
        };
    }

    /** How a connection is closed for this reason. */
    static CloseReason.Kind kind(DepartureReason reason) {
        return switch (reason) {
            case OPERATOR, PEER_CLOSED -> CloseReason.Kind.LOCAL_CLOSE;
            case CONNECTION_LOST -> CloseReason.Kind.CONNECTION_LOST;
            case PEER_TIMEOUT -> CloseReason.Kind.TIMEOUT;
            case PROTOCOL_VIOLATION -> CloseReason.Kind.PROTOCOL_VIOLATION;
            case LIMIT_MET -> CloseReason.Kind.LIMIT_MET;
            case NODE_STOPPED -> CloseReason.Kind.HOST_STOPPED;
        };
    }
}
