package dev.peerscope.node;

import dev.peerscope.peer.PeerId;

/**
 * A dial that ended well: the peer has joined.
 *
 * @param already
 *            it was connected before, so nothing was dialled or the new connection is its second one
 */
public record Connected(PeerId peer, boolean already) {}
