package dev.peerscope.journal.sqlite;

import java.time.Duration;

/**
 * Bounds of an archive.
 *
 * @param age how long changes are kept, give or take a twentieth
 * @param size bytes that it may take on disk; the write-ahead log of some tens of megabytes beside it is not counted
 * @param checkpointWeight bytes of changes of a peer after which its state is kept, at least
 */
public record ArchiveLimits(Duration age, long size, int checkpointWeight) {

    /** A month, a gigabyte. */
    public static final ArchiveLimits DEFAULT = new ArchiveLimits(Duration.ofDays(30), 1L << 30, 64 << 10);

    public ArchiveLimits {
        if (age.isNegative() || age.isZero() || size < 1 || checkpointWeight < 1) {
            throw new IllegalArgumentException("each bound of the history must be positive: age " + age + ", size "
                    + size + ", checkpoint weight " + checkpointWeight);
        }
    }
}
