package dev.peerscope.api;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

import dev.peerscope.peer.PeerId;

/** What is shown of single peers to Prometheus. */
public final class PeerMetricsSettings {

    private final Set<String> pinned;

    /**
     * Settings.
     *
     * @param pinned
     *            peers that come before all others
     */
    public PeerMetricsSettings(Collection<PeerId> pinned) {
        this.pinned = pinned.stream().map(PeerId::toString).collect(Collectors.toUnmodifiableSet());
    }

    boolean isPinned(String peer) {
        return pinned.contains(peer);
    }
}
