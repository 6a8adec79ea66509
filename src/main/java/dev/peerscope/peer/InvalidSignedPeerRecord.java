package dev.peerscope.peer;

/** A signed peer record whose text, envelope or record is malformed. */
public final class InvalidSignedPeerRecord extends InvalidPeerData {

    InvalidSignedPeerRecord(String message) {
        super(message);
    }
}
