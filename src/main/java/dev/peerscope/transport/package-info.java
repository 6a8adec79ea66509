/**
 * Our libp2p: connections to peers whose identity is proven, and streams on them, over TCP with Netty.
 *
 * <p>In flow addresses to dial, protocol handlers and bytes to send; out flow {@link dev.peerscope.transport.Connection}s
 * that are secured and multiplexed, their {@link dev.peerscope.transport.Stream}s, and for each connection that ended
 * before that a {@link dev.peerscope.transport.RefusedConnection} that says at which step and why.
 *
 * <p>A connection is upgraded in steps, each of which has a time-out of its own and a class that knows nothing of
 * sockets: {@code negotiation} (multistream-select 1.0), {@code noise} (Noise XX with libp2p's identity payload), then a
 * {@code mux} (mplex or yamux). {@code tcp} puts them in line on a Netty channel. {@code identity} has the keys, and the
 * identify and ping protocols that run on streams.
 *
 * <p>Specifications: libp2p <i>connections</i>, <i>noise</i>, <i>mplex</i>, <i>yamux</i>, <i>identify</i>, <i>ping</i>
 * and multistream-select.
 */
@NullMarked
package dev.peerscope.transport;

import org.jspecify.annotations.NullMarked;
