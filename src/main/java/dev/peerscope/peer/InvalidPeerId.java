package dev.peerscope.peer;

/** A peer id that is no multihash of a public key. */
public final class InvalidPeerId extends InvalidPeerData {

    InvalidPeerId(String message) {
        super(message);
    }
}
