package dev.peerscope.transport;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Keeps what comes on a stream until the remote closes or resets it. */
public final class Collector implements StreamHandler {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    /** Everything that came before the remote closed its half; fails on a reset. */
    public final CompletableFuture<byte[]> all = new CompletableFuture<>();

    @Override
    public synchronized void received(Stream stream, ByteBuf data) {
        bytes.writeBytes(ByteBufUtil.getBytes(data));
    }

    @Override
    public synchronized void remoteClosed(Stream stream) {
        all.complete(bytes.toByteArray());
    }

    @Override
    public void reset(Stream stream) {
        all.completeExceptionally(new IllegalStateException("reset"));
    }

    @Override
    public void writabilityChanged(Stream stream) {}

    public synchronized byte[] bytes() {
        return bytes.toByteArray();
    }
}
