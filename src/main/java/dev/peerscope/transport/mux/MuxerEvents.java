package dev.peerscope.transport.mux;

import io.netty.buffer.ByteBuf;

/**
 * What a {@link Muxer} reports about streams.
 *
 * <p>For each stream: {@code received} any number of times, {@code remoteClosed} at most once and after the last
 * {@code received}, then exactly one of {@code reset} and {@code closed}, after which nothing follows. Streams that we
 * opened end in the same way.
 */
public interface MuxerEvents {

    /** The remote opened a stream. */
    void opened(MuxedStream stream);

    /** Bytes came; the buffer is lent for the call unless it is retained. */
    void received(MuxedStream stream, ByteBuf data);

    /** The remote will send no more; we may still write. */
    void remoteClosed(MuxedStream stream);

    /** The stream ended before its time: by either side's reset, by a bound, or with the connection. */
    void reset(MuxedStream stream);

    /** Both halves were closed in order. */
    void closed(MuxedStream stream);

    /** {@link MuxedStream#isWritable()} has changed. */
    void writabilityChanged(MuxedStream stream);
}
