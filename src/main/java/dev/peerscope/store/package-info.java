/**
 * Where blocks and their proofs are kept.
 *
 * <p>
 * {@link dev.peerscope.store.BlockStore} is the port; calls may block and come from the storage executor, never from the
 * engine's thread or an event loop. Blocks go in verified: a store does not hash.
 */
@NullMarked
package dev.peerscope.store;

import org.jspecify.annotations.NullMarked;
