package dev.peerscope.transport.mux;

import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import dev.peerscope.peer.Direction;

/** One stream of a {@link Muxer}; used on the connection's event loop only. */
public interface MuxedStream {

    /** The number it has on the wire. Streams of the two directions may share a number in some protocols. */
    long id();

    /** Who opened it. */
    Direction direction();

    /**
     * Sends bytes, in frames as the protocol has them, and takes the ownership of the buffer.
     *
     * @return completes when the last of the bytes was handed to the socket; fails with a {@link StreamClosed} when
     *         the stream cannot take them, or ends before that
     */
    CompletableFuture<Void> write(ByteBuf data);

    /** Whether less than the bound is queued for it and the connection takes bytes; writing more is the caller's fault. */
    boolean isWritable();

    /** Bytes that wait on the stream: the remote's window or the connection does not take them yet. */
    long queuedBytes();

    /** Says that nothing more will be written, after what is queued. Doing so twice, or after an end, does nothing. */
    void closeWrite();

    /** Ends both directions at once: queued data is released, the remote is told. Does nothing after an end. */
    void reset();

    /** Stops giving the remote room to send, where the protocol has flow control per stream; otherwise does nothing. */
    void pauseReading();

    /** Undoes {@link #pauseReading()}. */
    void resumeReading();
}
