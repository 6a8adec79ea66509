package dev.peerscope.transport.mux;

/** No further stream can be opened on this connection; the message says which bound was met. */
public final class StreamsExhausted extends Exception {

    public StreamsExhausted(String message) {
        super(message);
    }
}
