/**
 * The dialect {@code /codex/blockexc/1.0.0}, as Codex nodes speak it.
 *
 * <p>In flow framed protobuf messages, out flow {@link dev.peerscope.message.ExchangeMessage}s, and the other way round to
 * the same bytes that a Codex node writes: every scalar and singular sub-message in field order, zero or not. Reading is
 * one walk over the bytes where they lie; presence records become runs on the way and never exist one by one. What costs
 * a message, a record or nothing is stated in {@link dev.peerscope.wire.ProtocolViolation.Rule} and
 * {@link dev.peerscope.message.RejectedRecord.Reason}.
 *
 * <p>Follows {@code codex/blockexchange/protobuf/message.proto} and the real decoder's answers to hostile input; why it is
 * written by hand stands in {@code docs/decisions/0010-hand-written-wire-codec.md}.
 */
@NullMarked
package dev.peerscope.wire.codex;

import org.jspecify.annotations.NullMarked;
