package dev.peerscope.api;

import org.springframework.stereotype.Component;

import dev.peerscope.peer.PeerId;
import dev.peerscope.view.PeerViews;

/** Tells peers that we can speak of from those that we never met. */
@Component
final class KnownPeers {

    private final PeerViews peers;

    KnownPeers(PeerViews peers) {
        this.peers = peers;
    }

    /** Ends the request with a problem unless the peer is connected or remembered. */
    void requireKnown(PeerId peer) {
        if (!peers.isKnown(peer)) {
            throw ApiProblem.unknownPeer(peer);
        }
    }

    /** The problem of a command to a peer that is not connected. */
    ApiProblem notConnected(PeerId peer) {
        return peers.isKnown(peer) ? ApiProblem.departed(peer) : ApiProblem.unknownPeer(peer);
    }
}
