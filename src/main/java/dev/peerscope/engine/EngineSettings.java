package dev.peerscope.engine;

import java.time.Duration;

/**
 * How the engine behaves.
 *
 * @param refreshShortestInterval
 *            shortest time between two asks about the same block to the same peer
 * @param refreshEntriesPerSecond
 *            want-have entries per second and peer
 * @param refreshAnswerTimeout
 *            time after which a block asked about and not answered becomes unknown, from when the ask was written
 * @param requestTimeout
 *            time after which a peer with requests open that delivers nothing is disconnected
 * @param requestsPerPeer
 *            want-block requests open with one peer
 * @param retries
 *            tries for a block before a download gives it up
 * @param preferCheap
 *            whether a lower price counts in choosing among peers that have a block
 */
public record EngineSettings(Duration refreshShortestInterval, int refreshEntriesPerSecond,
        Duration refreshAnswerTimeout, Duration requestTimeout, int requestsPerPeer, int retries,
        boolean preferCheap) {

    public static final EngineSettings DEFAULT = new EngineSettings(Duration.ofSeconds(10), 10_000,
            Duration.ofSeconds(10), Duration.ofSeconds(60), 512, 3_000, false);
}
