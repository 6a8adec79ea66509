package dev.peerscope.transport.identity;

/** A key, or the message that carries it, that cannot be used; the message says why. */
public final class InvalidKey extends Exception {

    InvalidKey(String message) {
        super(message);
    }
}
