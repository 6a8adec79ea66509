package dev.peerscope.engine;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.peer.PeerId;

/** The contexts of all connected peers, and the questions about all of them, answered from indices. */
final class PeerContextStore {

    private final Map<PeerId, PeerContext> contexts = new LinkedHashMap<>();
    private final PresenceIndex presence;
    private final WanterIndex wanters = new WanterIndex();
    private final RoaringBitmap numbers = new RoaringBitmap();

    /** @param wants what we want, as it changes */
    PeerContextStore(AddressSet wants) {
        this.presence = new PresenceIndex(wants);
    }

    /** The lowest number that no connected peer has. */
    int freeNumber() {
        return (int) numbers.nextAbsentValue(0);
    }

    void add(PeerContext context) {
        contexts.put(context.peer(), context);
        numbers.add(context.number());
    }

    void remove(PeerContext context) {
        contexts.remove(context.peer());
        numbers.remove(context.number());
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
