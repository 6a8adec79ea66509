package dev.peerscope.peer;

/** A multiaddr that cannot be read, or names a protocol that is not known here. */
public final class InvalidMultiaddr extends InvalidPeerData {

    InvalidMultiaddr(String message) {
        super(message);
    }
}
