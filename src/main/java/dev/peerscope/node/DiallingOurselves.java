package dev.peerscope.node;

import dev.peerscope.peer.PeerAddress;

/** The address, or the one who answered at it, is this node. */
public final class DiallingOurselves extends Exception {

    private static final long serialVersionUID = 1L;

    DiallingOurselves(PeerAddress address) {
        super(address + " is this node itself");
    }
}
