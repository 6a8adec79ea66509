package dev.peerscope.node;

import java.time.Duration;

/**
 * When a peer that does not read is dropped: when for this time the socket has taken less of what waits for the peer than so many bytes a
 * second, and nothing of the exchange has arrived from it.
 *
 * @param time
 *            how long that may last
 * @param bytesPerSecond
 *            what a peer must read at least while something waits for it
 */
public record ReadingRule(Duration time, long bytesPerSecond) {

    /** 10 seconds at less than 1 KiB a second. */
    public static final ReadingRule DEFAULT = new ReadingRule(Duration.ofSeconds(10), 1_024);

    /** So often is looked within that time. */
    private static final int LOOKS = 10;

    public ReadingRule {
        if (!time.isPositive() || bytesPerSecond <= 0) {
            throw new IllegalArgumentException(
                    "time and bytes per second must be positive, were " + time + " and " + bytesPerSecond);
        }
    }

    /** From one look at a peer's queue to the next. */
    Duration lookInterval() {
        return time.dividedBy(LOOKS);
    }

    /** Bytes that a peer must read within the time. */
    long bytes() {
        return Math.max(1, bytesPerSecond * time.toMillis() / 1_000);
    }
}
