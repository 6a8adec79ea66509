package dev.peerscope.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.peerscope.block.BlockAddress;

/** Of whom each block has been requested: of one peer, or of a second one as well. */
final class RequestedBlocks {

    private final Map<BlockAddress, List<PeerContext>> peers = new HashMap<>();
    private final AddressSet all = new AddressSet();
    private final AddressSet severalTimes = new AddressSet();

    void add(BlockAddress address, PeerContext peer) {
        List<PeerContext> asked = new ArrayList<>(of(address));
        asked.add(peer);
        put(address, asked);
    }

    /** The request of this peer ended. */
    void remove(BlockAddress address, PeerContext peer) {
        List<PeerContext> asked = new ArrayList<>(of(address));
        if (!asked.remove(peer)) {
            throw new IllegalStateException(address + " was not requested of " + peer);
        }
        put(address, asked);
    }

    private void put(BlockAddress address, List<PeerContext> asked) {
        if (asked.isEmpty()) {
            peers.remove(address);
            all.remove(address);
        } else {
            peers.put(address, List.copyOf(asked));
            all.add(address);
        }
        if (asked.size() > 1) {
            severalTimes.add(address);
        } else {
            severalTimes.remove(address);
        }
    }

    /** In the order of asking. */
    List<PeerContext> of(BlockAddress address) {
        return peers.getOrDefault(address, List.of());
    }

    /** For reading. */
    AddressSet all() {
        return all;
    }

    /** Requested of more than one peer. For reading. */
    AddressSet severalTimes() {
        return severalTimes;
    }

    int size() {
        return peers.size();
    }
}
