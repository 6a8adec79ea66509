package dev.peerscope.transport.identity;

/** A ping that got no answer, or a wrong one; the message says which. */
public final class PingFailed extends Exception {

    PingFailed(String message) {
        super(message);
    }
}
