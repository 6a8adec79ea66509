package dev.peerscope.transport;

import dev.peerscope.transport.mux.MuxerLimits;

/**
 * The bounds of a host.
 *
 * @param connectionsMax
 *            connections of both directions, those being upgraded included
 * @param connectionsPerPeerMax
 *            connections with one peer
 * @param outboundBytesMax
 *            bytes queued for one connection's socket above which its streams are not writable; at four times that the
 *            connection is closed
 * @param negotiationLineMax
 *            bytes of one multistream-select line
 * @param eventLoops
 *            threads that serve the sockets
 * @param muxer
 *            the bounds of a connection's streams and frames
 */
public record TransportLimits(int connectionsMax, int connectionsPerPeerMax, int outboundBytesMax,
        int negotiationLineMax, int eventLoops, MuxerLimits muxer) {

    /** As many connections and as long lines as a Codex node allows; 4 MiB to a socket; a thread a processor, 4 at most. */
    public static final TransportLimits DEFAULT = new TransportLimits(160, 2, 4 << 20, 1024,
            Math.min(4, Runtime.getRuntime().availableProcessors()), MuxerLimits.DEFAULT);

    public TransportLimits {
        if (connectionsMax < 1 || connectionsPerPeerMax < 1 || outboundBytesMax < 1 || eventLoops < 1
                || negotiationLineMax < 64) {
            throw new IllegalArgumentException("every bound is at least 1, and lines have at least 64 bytes");
        }
    }

    public TransportLimits withEventLoops(int threads) {
        return new TransportLimits(connectionsMax, connectionsPerPeerMax, outboundBytesMax, negotiationLineMax, threads,
                muxer);
    }
}
