/**
 * The stream multiplexer {@code /yamux/1.0.0}, which most libp2p peers but Codex's prefer.
 *
 * <p>Bytes of a secured connection come in, frames of a header of twelve bytes and data; streams and their bytes go out,
 * and the other way round. The side that dialled gives odd numbers to the streams that it opens, the other even ones.
 * Each stream has a window each way: what a side may send before the other says that it has read. Follows the libp2p
 * specification of yamux.
 */
@NullMarked
package dev.peerscope.transport.mux.yamux;

import org.jspecify.annotations.NullMarked;
