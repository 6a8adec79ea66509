package dev.peerscope.transport;

import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import dev.peerscope.peer.Direction;

/** A stream on which a protocol has been agreed. Safe for use by any thread; writes of one thread keep their order. */
public interface Stream {

    /** Unique within the connection. */
    long id();

    /** The protocol that was agreed. */
    String protocol();

    /** The connection that it is on. */
    Connection connection();

    /** Who opened it. */
    Direction direction();

    /**
     * Sends bytes and takes the ownership of the buffer.
     *
     * @return completes when the last byte was handed to the socket; fails, never silently, when it never will be
     */
    CompletableFuture<Void> write(ByteBuf data);

    /** Whether its outbound buffer and that of the connection are below their bounds. */
    boolean isWritable();

    /**
     * Bytes written to it that the socket has not taken: those queued on the stream, and everything that waits for the
     * connection's socket, which leaves first. The socket is offered them once more before they are counted. On the
     * connection's event loop only.
     */
    long unwrittenBytes();

    /** Says that we shall write no more. */
    void closeWrite();

    /** Ends the stream at once, in both directions. */
    void reset();

    /** Whom to tell about it from now on. */
    void setHandler(StreamHandler handler);
}
