package dev.peerscope.transport.tcp;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import dev.peerscope.peer.PeerId;

/** How many connections there are, in all and with each peer. Safe for use by any thread. */
final class ConnectionTable {

    private final int max;
    private final int perPeerMax;
    private final Map<PeerId, Integer> perPeer = new HashMap<>();
    private int taken;

    ConnectionTable(int max, int perPeerMax) {
        this.max = max;
        this.perPeerMax = perPeerMax;
    }

    /** Room for one more connection, or none. */
    synchronized Optional<Slot> reserve() {
        if (taken == max) {
            return Optional.empty();
        }
        taken++;
        return Optional.of(new Slot());
    }

    /** Connections that there are. */
    synchronized int taken() {
        return taken;
    }

    /** Connections with the peer that has most. */
    synchronized int mostWithOnePeer() {
        return perPeer.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    int max() {
        return max;
    }

    int perPeerMax() {
        return perPeerMax;
    }

    /** The room that one connection takes, from its first byte to its last. */
    final class Slot {

        private boolean released;
        private @Nullable PeerId peer;

        private Slot() {}

        /** Counts the connection as one with this peer, unless there are as many as there may be. */
        boolean claim(PeerId remote) {
            synchronized (ConnectionTable.this) {
                if (released || perPeer.getOrDefault(remote, 0) >= perPeerMax) {
                    return false;
                }
                perPeer.merge(remote, 1, Integer::sum);
                peer = remote;
                return true;
            }
        }

        /** Gives the room back; once is enough. */
        void release() {
            synchronized (ConnectionTable.this) {
                if (released) {
                    return;
                }
                released = true;
                taken--;
                if (peer != null) {
                    perPeer.computeIfPresent(peer, (id, count) -> count == 1 ? null : count - 1);
                }
            }
        }
    }
}
