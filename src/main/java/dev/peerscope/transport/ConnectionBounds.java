package dev.peerscope.transport;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

import dev.peerscope.peer.IpNetwork;

/**
 * How many connections a host has, and how they are shared among those who come to it. What counts as one address is
 * {@link IpNetwork#ofSubscriber}.
 *
 * @param max
 *            connections of both directions, dials under way included; one that comes in counts when its handshake has shown whose it is
 * @param perPeer
 *            connections with one peer
 * @param inboundHandshakes
 *            sockets that came in whose handshake has not shown yet whose they are; at one more the oldest of the address that has most
 *            of them is closed
 * @param shareExempt
 *            networks whose addresses may have more than their share: behind the NAT of a container all peers have one address
 * @param grace
 *            how long a connection that came in has to show what its peer is good for, before it goes first to make room for another
 */
public record ConnectionBounds(int max, int perPeer, int inboundHandshakes, List<IpNetwork> shareExempt,
        Duration grace) {

    /**
     * As many connections as a Codex node allows; more handshakes than the peers of one machine begin at once; no shares where the
     * Internet does not reach.
     */
    public static final ConnectionBounds DEFAULT = new ConnectionBounds(160, 2, 64, IpNetwork.PRIVATE,
            Duration.ofSeconds(5));

    private static final int DIALS_PART = 8;
    private static final int SHARE_PART = 4;
    private static final int NEWCOMERS_PART = 4;

    public ConnectionBounds {
        shareExempt = List.copyOf(shareExempt);
        if (max < 1 || perPeer < 1 || inboundHandshakes < 1 || grace.isNegative()) {
            throw new IllegalArgumentException("every bound is at least 1, and the grace is not negative");
        }
    }

    /** So many connections, and in proportion handshakes, since as many peers may come at once. */
    public ConnectionBounds withMax(int connections) {
        long handshakes = (long) DEFAULT.inboundHandshakes * connections / DEFAULT.max;
        return new ConnectionBounds(connections, perPeer,
                Math.toIntExact(Math.max(DEFAULT.inboundHandshakes, handshakes)), shareExempt, grace);
    }

    public ConnectionBounds withPerPeer(int connections) {
        return new ConnectionBounds(max, connections, inboundHandshakes, shareExempt, grace);
    }

    public ConnectionBounds withInboundHandshakes(int handshakes) {
        return new ConnectionBounds(max, perPeer, handshakes, shareExempt, grace);
    }

    public ConnectionBounds withShareExempt(List<IpNetwork> networks) {
        return new ConnectionBounds(max, perPeer, inboundHandshakes, networks, grace);
    }

    public ConnectionBounds withGrace(Duration time) {
        return new ConnectionBounds(max, perPeer, inboundHandshakes, shareExempt, time);
    }

    /** Connections that may come in: an eighth is kept for dials, so that the operator reaches a peer however many come to us. */
    public int inboundMax() {
        return max == 1 ? 1 : max - Math.max(1, max / DIALS_PART);
    }

    /** Connections that may come in from one address. */
    public int addressShare() {
        return Math.max(1, max / SHARE_PART);
    }

    /** Connections within their grace for which others, older ones, make room; beyond it they make room for each other. */
    public int newcomersMax() {
        return Math.max(1, inboundMax() / NEWCOMERS_PART);
    }

    /** Whether connections from there have no share. */
    public boolean isExempt(InetAddress address) {
        return shareExempt.stream().anyMatch(network -> network.contains(address));
    }
}
