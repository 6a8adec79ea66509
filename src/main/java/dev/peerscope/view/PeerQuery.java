package dev.peerscope.view;

import java.util.Comparator;
import java.util.Optional;

/**
 * Which peers to list, in which order.
 *
 * @param agentPrefix how the agent's name must begin
 * @param after the place after which the slice begins
 */
public record PeerQuery(PeerState state, PeerSort sort, boolean descending, Optional<String> agentPrefix,
        Optional<PeerKey> after, int limit) {

    boolean shows(PeerView peer) {
        return agentPrefix.isEmpty() || (peer.agent() != null && peer.agent().startsWith(agentPrefix.get()));
    }

    PeerKey keyOf(PeerView peer) {
        return new PeerKey(sort.of(peer), peer.peerId());
    }

    Comparator<PeerKey> order() {
        Comparator<PeerKey> byValue = Comparator.comparingLong(PeerKey::value);
        return (descending ? byValue.reversed() : byValue).thenComparing(PeerKey::peerId);
    }
}
