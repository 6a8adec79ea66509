package dev.peerscope.peer;

/** A signed peer record whose text, envelope or record is malformed, or whose signature does not hold. */
public final class InvalidSignedPeerRecord extends InvalidPeerData {

    public InvalidSignedPeerRecord(String message) {
        super(message);
    }
}
