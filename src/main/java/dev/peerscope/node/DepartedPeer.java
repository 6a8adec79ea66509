package dev.peerscope.node;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.PeerCounters;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;

/**
 * What is remembered of a peer that has left: no have-set, no want-list.
 *
 * @param counters
 *            what moved in its last session
 * @param lastExchangeAt
 *            when the last message of the exchange was received from it, if any
 */
public record DepartedPeer(PeerId peer, Multiaddr address, Direction direction, Optional<String> agent,
        List<String> protocols, Instant connectedAt, Instant departedAt, DepartureReason reason, PeerCounters counters,
        Optional<Instant> lastExchangeAt) {

    public DepartedPeer {
        protocols = List.copyOf(protocols);
    }
}
