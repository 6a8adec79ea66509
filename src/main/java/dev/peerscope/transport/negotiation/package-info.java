/**
 * Agreement on a protocol: multistream-select 1.0, as machines that know nothing of sockets.
 *
 * <p>In flow the bytes of one connection or stream, in any cut; out flow the lines to answer with and an
 * {@link dev.peerscope.transport.negotiation.Outcome}. Bytes that follow the agreement stay in the buffer: a lazy sender
 * puts its first data right behind its proposal.
 *
 * @see <a href="https://github.com/multiformats/multistream-select">multistream-select</a>
 */
@NullMarked
package dev.peerscope.transport.negotiation;

import org.jspecify.annotations.NullMarked;
