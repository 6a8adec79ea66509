package dev.peerscope.engine;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.peer.PeerId;

/** The contexts of all connected peers, and the questions about all of them, answered from indices. */
final class PeerContextStore {

    private final Map<PeerId, PeerContext> contexts = new LinkedHashMap<>();
    private final PresenceIndex presence = new PresenceIndex();
    private final WanterIndex wanters = new WanterIndex();

    void add(PeerContext context) {
        contexts.put(context.peer(), context);
    }

    void remove(PeerContext context) {
        contexts.remove(context.peer());
    }

    Optional<PeerContext> find(PeerId peer) {
        return Optional.ofNullable(contexts.get(peer));
    }

    Collection<PeerContext> all() {
        return Collections.unmodifiableCollection(contexts.values());
    }

    int size() {
        return contexts.size();
    }

    /** Peers that have this block. */
    List<PeerContext> peersHaving(BlockAddress address) {
        return presence.knowing(address).stream().filter(context -> context.haveSet().has(address)).toList();
    }

    /** Peers that said that they do not have this block. */
    List<PeerContext> peersDenying(BlockAddress address) {
        return presence.knowing(address).stream()
                .filter(context -> context.haveSet().claimOf(address).equals(Claim.DENIED)).toList();
    }

    /** Peers that asked us for this block. */
    Collection<PeerContext> peersWanting(BlockAddress address) {
        return wanters.of(address);
    }

    WanterIndex wanters() {
        return wanters;
    }

    PresenceIndex presence() {
        return presence;
    }
}
