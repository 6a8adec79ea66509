package dev.peerscope.transport;

import dev.peerscope.transport.mux.MuxerLimits;

/**
 * The bounds of a host.
 *
 * @param connections
 *            how many connections there are, and how they are shared
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
public record TransportLimits(ConnectionBounds connections, int outboundBytesMax, int negotiationLineMax,
        int eventLoops, MuxerLimits muxer) {

    /**
     * As long lines as a Codex node allows; 64 KiB to a socket, since behind it the kernel has a buffer as large as the way needs; a
     * thread a processor, 4 at most.
     */
    public static final TransportLimits DEFAULT = new TransportLimits(ConnectionBounds.DEFAULT, 64 << 10, 1024,
            Math.min(4, Runtime.getRuntime().availableProcessors()), MuxerLimits.DEFAULT);

    public TransportLimits {
        if (outboundBytesMax < 1 || eventLoops < 1 || negotiationLineMax < 64) {
            throw new IllegalArgumentException("every bound is at least 1, and lines have at least 64 bytes");
        }
    }

    public TransportLimits withConnections(ConnectionBounds bounds) {
        return new TransportLimits(bounds, outboundBytesMax, negotiationLineMax, eventLoops, muxer);
    }

    public TransportLimits withOutboundBytesMax(int bytes) {
        return new TransportLimits(connections, bytes, negotiationLineMax, eventLoops, muxer);
    }

    public TransportLimits withEventLoops(int threads) {
        return new TransportLimits(connections, outboundBytesMax, negotiationLineMax, threads, muxer);
    }
}
