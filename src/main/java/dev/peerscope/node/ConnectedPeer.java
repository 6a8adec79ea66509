package dev.peerscope.node;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.peerscope.peer.Direction;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;

/**
 * Who a connected peer is and how it is reached; the exchange with it is the engine's to tell.
 *
 * @param address
 *            of its first connection: as dialled, or where it came from
 * @param direction
 *            of its first connection
 * @param agent
 *            what it says its software is, once identify has run
 * @param protocols
 *            what it says it speaks, once identify has run
 * @param connectedAt
 *            when its first connection stood
 * @param connections
 *            open now; 0 for a moment between the last one's end and the peer's leave
 * @param muxer
 *            protocol of the first connection's multiplexer
 */
public record ConnectedPeer(PeerId peer, Multiaddr address, Direction direction, Optional<String> agent,
        List<String> protocols, Instant connectedAt, int connections, String muxer) {

    public ConnectedPeer {
        protocols = List.copyOf(protocols);
    }

    ConnectedPeer identified(String newAgent, List<String> newProtocols) {
        return new ConnectedPeer(peer, address, direction,
                newAgent.isEmpty() ? Optional.empty() : Optional.of(newAgent), newProtocols, connectedAt, connections,
                muxer);
    }

    ConnectedPeer withConnections(int count) {
        return new ConnectedPeer(peer, address, direction, agent, protocols, connectedAt, count, muxer);
    }
}
