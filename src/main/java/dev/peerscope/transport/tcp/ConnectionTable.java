package dev.peerscope.transport.tcp;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.PeerId;

/**
 * How many connections there are, in all and with each peer. Safe for use by any thread.
 *
 * <p>
 * A connection that we dial has its room from the first step on; one that comes in, when its handshake has shown whose it is. Some room
 * is kept for dials, so that the operator can reach a peer however many come to us.
 */
final class ConnectionTable {

    /** One connection in so many is kept for dials. */
    private static final int KEPT_FOR_DIALS = 8;

    private final int max;
    private final int inboundMax;
    private final int perPeerMax;
    private final Map<PeerId, Integer> perPeer = new HashMap<>();
    private int taken;
    private int inbound;

    ConnectionTable(int max, int perPeerMax) {
        this.max = max;
        this.inboundMax = max - max / KEPT_FOR_DIALS;
        this.perPeerMax = perPeerMax;
    }

    /** Room for a dial, or none. */
    synchronized Optional<Slot> reserve() {
        if (taken == max) {
            return Optional.empty();
        }
        taken++;
        return Optional.of(new Slot(null));
    }

    /** For a socket that was accepted; it takes no room before it is claimed for a peer. */
    Slot inbound(InboundHandshakes.Handshake handshake) {
        return new Slot(handshake);
    }

    /** Whether a connection that comes in would find no room. */
    synchronized boolean isFullForInbound() {
        return taken == max || inbound == inboundMax;
    }

    /** Connections that there are. */
    synchronized int taken() {
        return taken;
    }

    /** Connections with the peer that has most. */
    synchronized int mostWithOnePeer() {
        return perPeer.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** What is said to one more of this direction when there are as many as there may be. */
    NoRoom full(Direction direction) {
        return new NoRoom(LimitName.CONNECTIONS, switch (direction) {
            case OUTBOUND -> "there are " + max + " connections, as many as there may be";
            case INBOUND -> "there are " + inboundMax + " connections that came in, or " + max
                    + " in all, as many as there may be";
        });
    }

    /** The room that one connection takes until its last byte. */
    final class Slot {

        /** Absent when we dial. */
        private final InboundHandshakes.@Nullable Handshake handshake;
        private boolean released;
        private @Nullable PeerId peer;

        private Slot(InboundHandshakes.@Nullable Handshake handshake) {
            this.handshake = handshake;
        }

        /**
         * Counts the connection as one with this peer; once.
         *
         * @return why that is not possible
         */
        Optional<NoRoom> claim(PeerId remote) {
            synchronized (ConnectionTable.this) {
                if (handshake != null && !handshake.end()) {
                    return Optional.of(InboundHandshakes.CROWDED_OUT);
                }
                if (released || perPeer.getOrDefault(remote, 0) >= perPeerMax) {
                    return Optional.of(new NoRoom(LimitName.PEER_CONNECTIONS,
                            "there are " + perPeerMax + " connections with " + remote));
                }
                if (handshake != null) {
                    if (isFullForInbound()) {
                        return Optional.of(full(Direction.INBOUND));
                    }
                    taken++;
                    inbound++;
                }
                perPeer.merge(remote, 1, Integer::sum);
                peer = remote;
                return Optional.empty();
            }
        }

        /** Gives the room back; once is enough. */
        void release() {
            if (handshake != null) {
                handshake.end();
            }
            synchronized (ConnectionTable.this) {
                if (released) {
                    return;
                }
                released = true;
                if (handshake == null) {
                    taken--;
                } else if (peer != null) {
                    taken--;
                    inbound--;
                }
                if (peer != null) {
                    perPeer.computeIfPresent(peer, (id, count) -> count == 1 ? null : count - 1);
                }
            }
        }
    }
}
