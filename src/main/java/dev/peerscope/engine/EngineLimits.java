package dev.peerscope.engine;

/**
 * Bounds of the engine. Each has a name in {@link dev.peerscope.limit.LimitName}.
 *
 * @param peers
 *            contexts, hence connected peers
 * @param peerWantList
 *            blocks in one peer's want-list
 * @param allPeerWants
 *            blocks in the want-lists of all peers; see {@link #peerWantShare()}
 * @param peerPresences
 *            presence records of one peer, haves and denials together
 * @param peerPrices
 *            different prices of one peer within one tree, or of its single blocks
 * @param peerAnswers
 *            answers owed to one peer that does not read
 * @param wants
 *            blocks wanted by us
 * @param wantHolders
 *            watches and downloads together
 */
public record EngineLimits(int peers, int peerWantList, int allPeerWants, long peerPresences, int peerPrices,
        int peerAnswers, long wants, int wantHolders) {

    /** What an inspector of a large swarm needs and a small machine bears. */
    public static final EngineLimits DEFAULT = new EngineLimits(10_000, 65_536, 262_144, 64_000_000, 64, 16_384,
            64_000_000, 1_024);

    /** Into how many shares the half of the peers' wants is cut that is kept for those who want little. */
    private static final int SHARES = 256;

    /**
     * How many wants a peer may have while the want-lists of all peers together fill half of their bound or more, so that a few with
     * long ones leave room for the others.
     */
    int peerWantShare() {
        return Math.max(1, allPeerWants / 2 / SHARES);
    }

    /** Whether one more want of a peer may be recorded, as far as the want-lists of all peers go. */
    boolean allowsWant(int ofPeer, int ofAll) {
        return ofAll < allPeerWants / 2 || ofAll < allPeerWants && ofPeer < peerWantShare();
    }
}
