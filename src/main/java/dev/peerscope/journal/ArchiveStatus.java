package dev.peerscope.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * What an archive keeps.
 *
 * @param firstSequence the earliest entry that is kept; one more than the last when there is none
 * @param lastSequence the latest entry; 0 before the first
 * @param oldestAt when the earliest entry became true
 * @param lastAt when the latest entry became true, or the start of time before the first
 * @param lastGap the latest entry that was never kept; 0 when none is missing
 * @param recorded entries that were kept since this archive was opened
 * @param bytes what it takes on disk, without room that is free inside
 * @param bytesMax what it may take
 */
public record ArchiveStatus(long firstSequence, long lastSequence, Optional<Instant> oldestAt, Instant lastAt,
        long lastGap, long recorded, long bytes, long bytesMax) {}
