package dev.peerscope.peer;

/** Text or bytes about a peer that are malformed; the message says which part and why. */
public abstract sealed class InvalidPeerData extends IllegalArgumentException
        permits InvalidPeerId, InvalidMultiaddr, InvalidSignedPeerRecord {

    InvalidPeerData(String message) {
        super(message);
    }
}
