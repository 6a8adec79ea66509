package dev.peerscope.node;

import dev.peerscope.limit.LimitName;
import dev.peerscope.transport.TransportLimit;

/** The bounds of the host, by their names. */
final class ConnectionLimits {

    private ConnectionLimits() {}

    static LimitName nameOf(TransportLimit limit) {
        return switch (limit) {
            case CONNECTIONS -> LimitName.CONNECTIONS;
            case PEER_CONNECTIONS -> LimitName.PEER_CONNECTIONS;
            case INBOUND_HANDSHAKES -> LimitName.INBOUND_HANDSHAKES;
            case CONNECTION_STREAMS -> LimitName.CONNECTION_STREAMS;
            case FRAME_LENGTH -> LimitName.FRAME_LENGTH;
            case STREAM_OUTBOUND -> LimitName.STREAM_OUTBOUND;
            case SOCKET_OUTBOUND -> LimitName.SOCKET_OUTBOUND;
            case AGENT_LENGTH -> LimitName.AGENT_LENGTH;
        };
    }
}
