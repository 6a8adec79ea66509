package dev.peerscope.transport.identity;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;

/** One ping on its way: the stream ends with it. */
final class Pinging implements StreamHandler {

    private static final int LENGTH = 32;

    private final ByteBuf sent;
    private final long sentAt;
    private final CompletableFuture<Duration> result;

    private Pinging(ByteBuf sent, CompletableFuture<Duration> result) {
        this.sent = sent;
        this.sentAt = System.nanoTime();
        this.result = result;
    }

    static void begin(Stream stream, Duration timeout, CompletableFuture<Duration> result) {
        var bytes = new byte[LENGTH];
        ThreadLocalRandom.current().nextBytes(bytes);
        stream.setHandler(new Pinging(Unpooled.wrappedBuffer(bytes), result));
        stream.write(Unpooled.wrappedBuffer(bytes)).exceptionally(never -> {
            result.completeExceptionally(new PingFailed("the ping could not be sent: " + never.getMessage()));
            return null;
        });
        CompletableFuture.delayedExecutor(timeout.toNanos(), TimeUnit.NANOSECONDS).execute(() -> {
            if (result.completeExceptionally(new PingFailed("no answer to a ping within " + timeout))) {
                stream.reset();
            }
        });
    }

    @Override
    public void received(Stream stream, ByteBuf data) {
        while (data.isReadable()) {
            if (!sent.isReadable() || data.readByte() != sent.readByte()) {
                result.completeExceptionally(new PingFailed("a ping was answered with other bytes"));
                stream.reset();
                return;
            }
        }
        if (!sent.isReadable()) {
            result.complete(Duration.ofNanos(System.nanoTime() - sentAt));
            stream.closeWrite();
        }
    }

    @Override
    public void remoteClosed(Stream stream) {
        result.completeExceptionally(new PingFailed("the remote closed the stream instead of answering a ping"));
        stream.closeWrite();
    }

    @Override
    public void reset(Stream stream) {
        result.completeExceptionally(new PingFailed("the remote reset the stream instead of answering a ping"));
    }

    @Override
    public void writabilityChanged(Stream stream) {
        // Thirty-two bytes are written at once.
    }
}
