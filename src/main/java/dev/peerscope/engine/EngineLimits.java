package dev.peerscope.engine;

/**
 * Bounds of the engine. Each has a name in {@link dev.peerscope.limit.LimitName}.
 *
 * @param peers
 *            contexts, hence connected peers
 * @param peerWantList
 *            blocks in one peer's want-list
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
 * @param provenWrong
 *            deliveries of one peer that were not the block that they were to be
 */
public record EngineLimits(int peers, int peerWantList, long peerPresences, int peerPrices, int peerAnswers, long wants,
        int wantHolders, int provenWrong) {

    /**
     * What an inspector of a large swarm needs and a small machine bears. There are more peers than the 10,000 connections that may be
     * configured, so that those that are being closed to make room for others are in nobody's way.
     */
    public static final EngineLimits DEFAULT = new EngineLimits(12_500, 65_536, 64_000_000, 64, 16_384, 64_000_000,
            1_024,
            16);

    public EngineLimits withProvenWrong(int deliveries) {
        return new EngineLimits(peers, peerWantList, peerPresences, peerPrices, peerAnswers, wants, wantHolders,
                deliveries);
    }
}
