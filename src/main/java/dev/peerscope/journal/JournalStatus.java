package dev.peerscope.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * How much a journal keeps, and how it fared.
 *
 * @param kind the word by which metrics tell this sort of journal from others
 * @param firstSequence the earliest entry that is retained; one more than the last when there is none
 * @param lastSequence the latest entry; 0 before the first
 * @param capacity entries that may be retained
 * @param oldestAt when the earliest retained entry became true
 * @param subscribers readers at present
 * @param subscribersMax readers that there may be
 * @param gaps how often a reader was told that it missed something
 */
public record JournalStatus(String kind, long firstSequence, long lastSequence, long capacity,
        Optional<Instant> oldestAt, int subscribers, int subscribersMax, long gaps) {

    /** Entries that are retained. */
    public long retained() {
        return lastSequence - firstSequence + 1;
    }

    /** Entries that were forgotten because a bound was met. */
    public long dropped() {
        return firstSequence - 1;
    }
}
