package dev.peerscope.view;

/** The engine did not answer: it has not started, is stopping, failed, or is too busy. */
public final class NodeNotReady extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NodeNotReady(String message, Throwable cause) {
        super(message, cause);
    }
}
