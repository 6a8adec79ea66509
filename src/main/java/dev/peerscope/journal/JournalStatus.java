package dev.peerscope.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * How much a journal keeps, and how it fared.
 *
 * @param memory the ring of the latest changes
 * @param disk the archive, where there is one
 * @param subscribers readers at present
 * @param subscribersMax readers that there may be
 * @param gaps how often a reader was told that it missed something
 */
public record JournalStatus(Memory memory, Optional<Disk> disk, int subscribers, int subscribersMax, long gaps) {

    /**
     * What is kept in memory.
     *
     * @param firstSequence the earliest entry that is retained; one more than the last when there is none
     * @param lastSequence the latest entry; 0 before the first
     * @param capacity entries that may be retained
     * @param oldestAt when the earliest retained entry became true
     * @param recorded entries that were taken since the start
     * @param dropped entries that were forgotten because a bound was met
     */
    public record Memory(long firstSequence, long lastSequence, long capacity, Optional<Instant> oldestAt,
            long recorded, long dropped) {

        /** Entries that are retained. */
        public long retained() {
            return lastSequence - firstSequence + 1;
        }
    }

    /**
     * What is kept on disk.
     *
     * @param dropped entries that were lost to it, because it could not follow or failed
     * @param failure why nothing is kept at present, or nothing forgotten, if so
     * @param clockJump how the clock is off, while that keeps changes from being forgotten for their age
     */
    public record Disk(ArchiveStatus archive, long dropped, Optional<String> failure,
            Optional<ClockJump> clockJump) {}
}
