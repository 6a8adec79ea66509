/**
 * The stream multiplexer {@code /mplex/6.7.0}, the only one that a Codex node speaks.
 *
 * <p>Bytes of a secured connection come in, frames of a varint header, a varint length and data; streams and their bytes
 * go out, and the other way round. Each side numbers the streams that it opens, so a stream is named by its number and
 * its opener. There is no flow control per stream: whoever reads slowly stops reading from the connection. Follows the
 * libp2p specification of mplex; where that is silent, what a Codex node does.
 */
@NullMarked
package dev.peerscope.transport.mux.mplex;

import org.jspecify.annotations.NullMarked;
