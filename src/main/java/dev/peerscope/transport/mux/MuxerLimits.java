package dev.peerscope.transport.mux;

/**
 * The bounds of one muxer.
 *
 * @param inboundStreamsMax
 *            streams of the remote that have not ended; opening one more is a violation and closes the connection
 * @param outboundStreamsMax
 *            streams of ours that have not ended
 * @param receivedFrameMax
 *            bytes of data in one frame that we accept; a longer one is a violation
 * @param sentFrameMax
 *            bytes of data in one frame that we send
 * @param streamOutboundMax
 *            bytes of one stream that may be queued; above it the stream is not writable, and above twice that it is reset
 * @param receiveWindow
 *            bytes that a remote may send on one stream ahead of our reading, where the protocol has flow control
 * @param idleFramesMax
 *            frames in a row that serve no stream: that name none which we know (some are on their way whenever we reset
 *            one), or that want an answer while the remote reads none; one more is a violation
 */
public record MuxerLimits(int inboundStreamsMax, int outboundStreamsMax, int receivedFrameMax, int sentFrameMax,
        int streamOutboundMax, int receiveWindow, int idleFramesMax) {

    /** What a Codex node accepts and sends: 200 streams, frames of 1 MiB. We send smaller frames, so that streams
     * share, and none that with its header would not fit into one Noise frame. */
    public static final MuxerLimits DEFAULT = new MuxerLimits(200, 200, 1 << 20, (1 << 16) - 128, 8 << 20, 1 << 20,
            1 << 14);

    public MuxerLimits {
        if (inboundStreamsMax < 1 || outboundStreamsMax < 1 || receivedFrameMax < 1 || sentFrameMax < 1
                || streamOutboundMax < 1 || idleFramesMax < 1 || receiveWindow < 256 * 1024) {
            throw new IllegalArgumentException(
                    "every bound is at least 1 and the receive window at least 256 KiB, where yamux starts");
        }
    }
}
