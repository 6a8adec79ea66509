package dev.peerscope.event;

/**
 * What moved between a peer and us in one session.
 *
 * @param blocksReceived
 *            valid blocks that it delivered
 * @param blocksSent
 *            blocks that we sent to it
 * @param bytesReceived
 *            their data, in bytes
 * @param bytesSent
 *            their data, in bytes
 */
public record PeerCounters(long blocksReceived, long blocksSent, long bytesReceived, long bytesSent) {

    /** Nothing moved yet. */
    public static final PeerCounters NONE = new PeerCounters(0, 0, 0, 0);

    public PeerCounters received(long blocks, long bytes) {
        return new PeerCounters(blocksReceived + blocks, blocksSent, bytesReceived + bytes, bytesSent);
    }

    public PeerCounters sent(long blocks, long bytes) {
        return new PeerCounters(blocksReceived, blocksSent + blocks, bytesReceived, bytesSent + bytes);
    }
}
