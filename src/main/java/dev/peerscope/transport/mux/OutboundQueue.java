package dev.peerscope.transport.mux;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What waits to be sent on one stream: the bytes of each write and whom to tell once they have left. */
final class OutboundQueue {

    private final ArrayDeque<PendingWrite> writes = new ArrayDeque<>();
    /** Any thread may ask for it. */
    private final AtomicLong bytes = new AtomicLong();

    /** Bytes to send next, and the promise of the write that they complete. */
    record Piece(ByteBuf data, @Nullable CompletableFuture<Void> written) {}

    private record PendingWrite(ByteBuf data, CompletableFuture<Void> written) {}

    void add(ByteBuf data, CompletableFuture<Void> written) {
        bytes.addAndGet(data.readableBytes());
        writes.addLast(new PendingWrite(data, written));
    }

    boolean isEmpty() {
        return writes.isEmpty();
    }

    long bytes() {
        return bytes.get();
    }

    /** Takes up to {@code lengthMax} bytes of the oldest write; the queue must not be empty. */
    Piece next(int lengthMax) {
        var write = writes.element();
        int length = Math.min(lengthMax, write.data.readableBytes());
        bytes.addAndGet(-length);
        if (length < write.data.readableBytes()) {
            return new Piece(write.data.readRetainedSlice(length), null);
        }
        writes.remove();
        return new Piece(write.data, write.written);
    }

    /** Releases what is queued and fails its promises, whose callbacks may use the stream again. */
    void fail(StreamClosed cause) {
        var failed = List.copyOf(writes);
        writes.clear();
        bytes.set(0);
        for (var write : failed) {
            write.data.release();
            write.written.completeExceptionally(cause);
        }
    }
}
