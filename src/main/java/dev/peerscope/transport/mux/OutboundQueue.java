package dev.peerscope.transport.mux;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What waits to be sent on one stream: the bytes of each write and whom to tell once they have left. */
final class OutboundQueue {

    /** What a write takes beside its bytes. */
    private static final int WRITE_BYTES = 200;

    private final LongConsumer memory;
    private final ArrayDeque<PendingWrite> writes = new ArrayDeque<>();
    /** Any thread may ask for it. */
    private final AtomicLong bytes = new AtomicLong();

    /** Bytes to send next, and the promise of the write that they complete. */
    record Piece(ByteBuf data, @Nullable CompletableFuture<Void> written) {}

    private record PendingWrite(ByteBuf data, CompletableFuture<Void> written) {}

    /** @param memory is told how the memory changes that it takes, in bytes */
    OutboundQueue(LongConsumer memory) {
        this.memory = memory;
    }

    void add(ByteBuf data, CompletableFuture<Void> written) {
        bytes.addAndGet(data.readableBytes());
        memory.accept(data.readableBytes() + WRITE_BYTES);
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
        memory.accept(-length);
        if (length < write.data.readableBytes()) {
            return new Piece(write.data.readRetainedSlice(length), null);
        }
        writes.remove();
        memory.accept(-WRITE_BYTES);
        return new Piece(write.data, write.written);
    }

    /** Releases what is queued and fails its promises, whose callbacks may use the stream again. */
    void fail(StreamClosed cause) {
        var failed = List.copyOf(writes);
        writes.clear();
        memory.accept(-bytes.getAndSet(0) - (long) WRITE_BYTES * failed.size());
        for (var write : failed) {
            write.data.release();
            write.written.completeExceptionally(cause);
        }
    }
}
