package dev.peerscope.transport.mux;

import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import dev.peerscope.limit.LimitName;

/** Where a {@link Muxer} writes. Frames leave in the order in which they were written. */
public interface MuxerOutput {

    /**
     * Takes one frame and its ownership. It is sent with the others of the same call into the muxer.
     *
     * @param written
     *            completed when the bytes were handed to the socket, or exceptionally when they never will be
     */
    void write(ByteBuf frame, @Nullable CompletableFuture<Void> written);

    /** Whether the connection's outbound buffer is below its bound. */
    boolean isWritable();

    /** So many bytes of memory more wait on a stream, or less if negative. */
    void waiting(long change);

    /** A bound was met. */
    void limitMet(LimitName limit);

    /**
     * The remote broke the protocol: the connection is closed for it and {@link Muxer#close()} follows, possibly before
     * this returns.
     *
     * @param rule
     *            the rule that was broken, with the figures, as a sentence
     */
    void violation(String rule);
}
