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
 *            time after which a peer with requests open that delivers nothing is disconnected; the deadline of one request is
 *            a quarter of it at most
 * @param requestsPerPeer
 *            want-block requests open with one peer, at most; how many follows from what it delivers
 * @param retries
 *            tries for a block before a download gives it up
 * @param preferCheap
 *            whether a lower price counts in choosing among peers that have a block
 */
public record EngineSettings(Duration refreshShortestInterval, int refreshEntriesPerSecond,
        Duration refreshAnswerTimeout, Duration requestTimeout, int requestsPerPeer, int retries,
        boolean preferCheap) {

    /** As protocol section 5.4 says, and as a real node does where that says nothing. */
    public static final EngineSettings DEFAULT = new EngineSettings(Duration.ofSeconds(10), 10_000,
            Duration.ofSeconds(10), Duration.ofSeconds(60), 512, 3_000, false);

    public EngineSettings {
        requirePositive("refreshShortestInterval", refreshShortestInterval);
        requirePositive("refreshAnswerTimeout", refreshAnswerTimeout);
        requirePositive("requestTimeout", requestTimeout);
        requirePositive("refreshEntriesPerSecond", refreshEntriesPerSecond);
        requirePositive("requestsPerPeer", requestsPerPeer);
        requirePositive("retries", retries);
    }

    private static void requirePositive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(name + " must be longer than zero, was " + duration);
        }
    }

    private static void requirePositive(String name, int number) {
        if (number <= 0) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + number);
        }
    }
}
