package dev.peerscope.transport;

import dev.peerscope.transport.mux.MuxerLimits;

/**
 * The bounds of a host.
 *
 * @param connectionsMax
 *            connections of both directions, dials under way included, of which an eighth is kept for dials; one that comes in counts when
 *            its handshake has shown whose it is
 * @param connectionsPerPeerMax
 *            connections with one peer
 * @param inboundHandshakesMax
 *            sockets that came in whose handshake has not shown yet whose they are; at one more the oldest of the address that has most
 *            of them is closed
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
public record TransportLimits(int connectionsMax, int connectionsPerPeerMax, int inboundHandshakesMax,
        int outboundBytesMax,
        int negotiationLineMax, int eventLoops, MuxerLimits muxer) {

    /**
     * As many connections and as long lines as a Codex node allows; more handshakes than the peers of one machine begin at once;
     * 64 KiB to a socket, since behind it the kernel has a buffer as large as the way needs; a thread a processor, 4 at most.
     */
    public static final TransportLimits DEFAULT = new TransportLimits(160, 2, 64, 64 << 10, 1024,
            Math.min(4, Runtime.getRuntime().availableProcessors()), MuxerLimits.DEFAULT);

    public TransportLimits {
        if (connectionsMax < 1 || connectionsPerPeerMax < 1 || inboundHandshakesMax < 1 || outboundBytesMax < 1
                || eventLoops < 1
                || negotiationLineMax < 64) {
            throw new IllegalArgumentException("every bound is at least 1, and lines have at least 64 bytes");
        }
    }

    public TransportLimits withEventLoops(int threads) {
        return new TransportLimits(connectionsMax, connectionsPerPeerMax, inboundHandshakesMax, outboundBytesMax,
                negotiationLineMax, threads,
                muxer);
    }
}
