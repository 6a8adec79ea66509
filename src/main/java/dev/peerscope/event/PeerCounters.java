package dev.peerscope.event;

/**
 * What moved between a peer and us in one session, and what became of its claims.
 *
 * @param blocksReceived
 *            valid blocks that it delivered
 * @param blocksSent
 *            blocks that we sent to it
 * @param bytesReceived
 *            their data, in bytes
 * @param bytesSent
 *            their data, in bytes
 * @param claims
 *            what became of its claims to have blocks that we asked it for
 */
public record PeerCounters(long blocksReceived, long blocksSent, long bytesReceived, long bytesSent,
        ClaimCounts claims) {

    /** Nothing moved yet. */
    public static final PeerCounters NONE = new PeerCounters(0, 0, 0, 0, ClaimCounts.NONE);

    public PeerCounters received(long blocks, long bytes) {
        return new PeerCounters(blocksReceived + blocks, blocksSent, bytesReceived + bytes, bytesSent, claims);
    }

    public PeerCounters sent(long blocks, long bytes) {
        return new PeerCounters(blocksReceived, blocksSent + blocks, bytesReceived, bytesSent + bytes, claims);
    }

    public PeerCounters settled(ClaimOutcome outcome, long blocks) {
        return new PeerCounters(blocksReceived, blocksSent, bytesReceived, bytesSent, claims.plus(outcome, blocks));
    }
}
