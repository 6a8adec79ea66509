package dev.peerscope.transport;

import io.netty.buffer.ByteBuf;

/** Told what happens to a stream, on the connection's event loop. It must not block. */
public interface StreamHandler {

    /** Bytes came; the buffer is lent for the call unless it is retained. */
    void received(Stream stream, ByteBuf data);

    /** The remote will send no more; we may still write. */
    void remoteClosed(Stream stream);

    /** The stream ended before its time, by the remote, by a bound or with its connection. Nothing follows. */
    void reset(Stream stream);

    /** {@link Stream#isWritable()} has changed. */
    void writabilityChanged(Stream stream);
}
