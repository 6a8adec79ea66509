/**
 * The sentences of a block exchange, free of any wire format.
 *
 * <p>
 * A dialect in {@code dev.peerscope.wire} turns bytes into an {@link dev.peerscope.message.ExchangeMessage} and back; the
 * engine reads and writes nothing else. Presence is told together and held together, so a message carries it as runs of
 * blocks ({@link dev.peerscope.message.BlockPresence}) rather than entry by entry.
 *
 * <p>
 * Follows {@code codex/blockexchange/protobuf/message.proto} of the Codex node.
 */
@NullMarked
package dev.peerscope.message;

import org.jspecify.annotations.NullMarked;
