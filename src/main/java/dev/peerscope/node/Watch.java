package dev.peerscope.node;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import dev.peerscope.block.Cid;

/**
 * Blocks on our want-list whose presence at peers is followed, and whose data is never asked for.
 *
 * @param id
 *            opaque; also the id of its holder in the engine
 * @param manifestCid
 *            present when it was made from a manifest
 * @param treeCid
 *            present when its blocks are leaves of a tree, and known
 * @param blockCount
 *            blocks that it watches; absent until they are known
 * @param failure
 *            a sentence that says what went wrong, present with {@code FAILED}
 */
public record Watch(String id, Instant createdAt, WatchState state, Optional<Cid> manifestCid, Optional<Cid> treeCid,
        OptionalLong blockCount, Optional<String> failure) {}
