/**
 * Bytes of a stream to {@link dev.peerscope.message.ExchangeMessage} and back.
 *
 * <p>In flow the buffers of one stream, cut anywhere, and messages of our own; out flow messages that have kept every
 * bound of {@link dev.peerscope.wire.WireLimits}, and buffers that hold one framed message each. A stream that breaks a
 * rule ends in a {@link dev.peerscope.wire.ProtocolViolation}; a single bad record inside a good message is left out and
 * told in the message. Nothing is allocated because a length field says so: memory follows the bytes that have arrived.
 *
 * <p>What is here serves every dialect: framing (an unsigned varint length before each message), the protobuf walk, and
 * the splitting of what is too large for one message. Each dialect has a package of its own below this one;
 * {@link dev.peerscope.wire.codex} is the first. Framing and protobuf follow the libp2p and Protocol Buffers encodings, as
 * strictly as nim-libp2p's reader applies them.
 */
@NullMarked
package dev.peerscope.wire;

import org.jspecify.annotations.NullMarked;
