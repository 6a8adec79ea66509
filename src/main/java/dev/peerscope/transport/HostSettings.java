package dev.peerscope.transport;

import java.util.List;

import dev.peerscope.peer.Multiaddr;

/**
 * How a {@link Libp2pHost} behaves.
 *
 * @param listenAddresses
 *            {@code /ip4|ip6/…/tcp/…}; port 0 takes any; none at all makes a host that only dials
 * @param muxers
 *            {@code yamux} and {@code mplex}, the preferred one first
 * @param earlyMuxerNegotiation
 *            whether muxers are offered within the Noise handshake; a remote that does not offer them there is asked
 *            afterwards as if we had not
 * @param agent
 *            our name in identify
 */
public record HostSettings(List<Multiaddr> listenAddresses, List<String> muxers, TransportLimits limits,
        TransportTimeouts timeouts, boolean earlyMuxerNegotiation, String agent) {

    public HostSettings {
        listenAddresses = List.copyOf(listenAddresses);
        muxers = List.copyOf(muxers);
        listenAddresses.forEach(HostSettings::requireListenable);
        if (muxers.isEmpty()) {
            throw new IllegalArgumentException("at least one muxer is needed");
        }
    }

    /**
     * Returns if it is an address to listen on.
     *
     * @throws IllegalArgumentException
     *             if it is not over plain TCP, or names a peer
     */
    public static void requireListenable(Multiaddr address) {
        if (!address.isPlainTcp() || address.peerId().isPresent()) {
            throw new IllegalArgumentException("cannot listen on " + address + ": only /ip4|ip6/…/tcp/… will do");
        }
    }

    public HostSettings withLimits(TransportLimits other) {
        return new HostSettings(listenAddresses, muxers, other, timeouts, earlyMuxerNegotiation, agent);
    }

    /** Both muxers, yamux first, the default bounds, and no early negotiation. */
    public static HostSettings listeningOn(Multiaddr... addresses) {
        return new HostSettings(List.of(addresses), List.of("yamux", "mplex"), TransportLimits.DEFAULT,
                TransportTimeouts.DEFAULT, false, "peerscope");
    }
}
