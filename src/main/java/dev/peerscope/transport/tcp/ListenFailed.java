package dev.peerscope.transport.tcp;

import dev.peerscope.peer.Multiaddr;

/** An address that cannot be listened on; the message names it and says why. */
public final class ListenFailed extends RuntimeException {

    ListenFailed(Multiaddr address, Throwable cause) {
        super("cannot listen on " + address + ": " + cause.getMessage(), cause);
    }
}
