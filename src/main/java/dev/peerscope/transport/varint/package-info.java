/**
 * Unsigned varints of multiformats, which stand before most things that libp2p sends: at most nine bytes, seven bits each,
 * the lowest first, and no longer than needed.
 *
 * @see <a href="https://github.com/multiformats/unsigned-varint">unsigned-varint</a>
 */
@NullMarked
package dev.peerscope.transport.varint;

import org.jspecify.annotations.NullMarked;
