/**
 * The exchange engine: sans-IO, single-writer, deterministic.
 *
 * <p>
 * Everything that happens to it is an {@link dev.peerscope.engine.EngineInput}; what must be done and what has become true
 * comes back as {@link dev.peerscope.engine.EngineOutput}s of the same call. There is no thread, lock, clock, socket or log
 * in here: time is an argument and randomness is handed in, so the same inputs give the same outputs. It sees block
 * addresses, never looks at data: what is delivered goes out again as {@code VerifyAndStore} and comes back as
 * {@code DeliveryStored} or {@code DeliveryRejected}.
 *
 * <p>
 * Views read through {@link dev.peerscope.engine.EngineReader}, on the engine's own thread and in bounded slices.
 *
 * <p>
 * Follows {@code codex/blockexchange/engine} of the Codex node; where it differs on purpose, {@code docs/protocol.md} says
 * so.
 */
@NullMarked
package dev.peerscope.engine;

import org.jspecify.annotations.NullMarked;
