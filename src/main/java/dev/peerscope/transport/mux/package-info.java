/**
 * What a stream multiplexer is to the rest of the transport, whichever protocol it speaks.
 *
 * <p>A {@link dev.peerscope.transport.mux.Muxer} turns the bytes of one secured connection into streams and back. It
 * does no input or output of its own: bytes are given to it, and it writes through a
 * {@link dev.peerscope.transport.mux.MuxerOutput}; what happens to streams leaves through
 * {@link dev.peerscope.transport.mux.MuxerEvents}. Everything is called on one thread, the connection's event loop.
 */
@NullMarked
package dev.peerscope.transport.mux;

import org.jspecify.annotations.NullMarked;
