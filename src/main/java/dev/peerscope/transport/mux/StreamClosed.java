package dev.peerscope.transport.mux;

/** A write that cannot happen, because the stream was reset, its writing half closed, its bound met or its connection ended. */
public final class StreamClosed extends Exception {

    public StreamClosed(String message) {
        super(message);
    }
}
