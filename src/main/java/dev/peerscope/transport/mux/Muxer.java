package dev.peerscope.transport.mux;

import io.netty.buffer.ByteBuf;

/**
 * Many streams over one secured connection.
 *
 * <p>Not thread-safe: every call, and every call that it makes to its output and events, happens on the connection's
 * event loop, but for the counts, which any thread may ask for. Any of them may be made from within another (a handler that resets the stream it hears from, say).
 */
public interface Muxer {

    /**
     * Opens a stream; data may be written to it at once.
     *
     * @throws StreamsExhausted
     *             if the bound on streams that we opened is met, or the remote has said that it takes no more
     */
    MuxedStream open() throws StreamsExhausted;

    /** Takes bytes from the connection, in any cut, and the ownership of the buffer. */
    void received(ByteBuf bytes);

    /** To be called when {@link MuxerOutput#isWritable()} has changed; streams whose writability changes say so. */
    void outputWritabilityChanged();

    /** Tells the remote, where the protocol has words for it, that no more streams are welcome and why. */
    void goAway(GoAway reason);

    /**
     * The connection has ended or is about to: every stream that has not ended is reset locally, its queued data
     * released and its pending writes failed. Nothing is written. Later calls do nothing; bytes are released.
     */
    void close();

    /** Streams that have not ended, of both directions. */
    int streamCount();

    /** Streams of the remote that have not ended. */
    int inboundStreamCount();

    /** Bytes that wait on the stream on which most wait. */
    long mostQueuedBytes();

    /** Why we end the session. */
    enum GoAway {
        /** We are done. */
        NORMAL,
        /** The remote broke the multiplexer's protocol. */
        PROTOCOL_ERROR,
        /** We failed. */
        INTERNAL_ERROR
    }
}
