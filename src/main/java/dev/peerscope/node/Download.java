package dev.peerscope.node;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Blocks that are fetched.
 *
 * @param id
 *            opaque; also the id of its holder in the engine
 * @param content
 *            what it was asked to fetch
 * @param blocksDone
 *            blocks held already, those that were held before it began included
 * @param blocksTotal
 *            blocks in all; 0 while a manifest is being fetched
 * @param bytesDone
 *            with a manifest the part of the dataset that is held, else what was fetched
 * @param bytesTotal
 *            size of the dataset without padding; absent where no manifest told it, or only a part is fetched
 * @param rateBytesPerSecond
 *            over the last seconds; 0 when it has ended
 * @param finishedAt
 *            present unless it is running
 * @param failure
 *            a sentence that says what went wrong, present with {@code FAILED}
 */
public record Download(String id, WantedContent content, DownloadState state, long blocksDone, long blocksTotal,
        long bytesDone, OptionalLong bytesTotal, long rateBytesPerSecond, Instant startedAt,
        Optional<Instant> finishedAt, Optional<String> failure) {}
