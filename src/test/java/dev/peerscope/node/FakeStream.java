package dev.peerscope.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.peer.Direction;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;
import dev.peerscope.wire.WireLimits;
import dev.peerscope.wire.codex.CodexDialect;

/** A stream whose other end is the test: single-threaded, and decoding what was written. */
final class FakeStream implements Stream {

    final List<ExchangeMessage> written = new ArrayList<>();
    final List<CompletableFuture<Void>> pending = new ArrayList<>();
    private final FakeConnection connection;
    private final Direction direction;
    private final long id;
    @Nullable
    StreamHandler handler;
    boolean writable = true;
    /** Bytes that the socket has not taken, as the test says. */
    long unwritten;
    /** All that was written to it. */
    int bytes;
    ByteBuf lastWritten = Unpooled.EMPTY_BUFFER;
    boolean wasReset;
    boolean writeClosed;
    /** Whether writes complete by themselves. */
    boolean prompt = true;

    FakeStream(FakeConnection connection, Direction direction, long id) {
        this.connection = connection;
        this.direction = direction;
        this.id = id;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public String protocol() {
        return CodexDialect.PROTOCOL_ID;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public CompletableFuture<Void> write(ByteBuf data) {
        bytes += data.readableBytes();
        lastWritten = data;
        try (var decoder = new CodexDialect().decoder(WireLimits.DEFAULT)) {
            decoder.decode(data, written::add);
        } finally {
            data.release();
        }
        var future = new CompletableFuture<Void>();
        if (prompt) {
            future.complete(null);
        } else {
            pending.add(future);
        }
        return future;
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public long unwrittenBytes() {
        return unwritten;
    }

    @Override
    public void closeWrite() {
        writeClosed = true;
    }

    @Override
    public void reset() {
        wasReset = true;
    }

    @Override
    public void setHandler(StreamHandler handler) {
        this.handler = handler;
    }

    /** The other side has taken everything. */
    void completeWrites() {
        var all = List.copyOf(pending);
        pending.clear();
        all.forEach(one -> one.complete(null));
    }

    /** The other side resets it. */
    void die() {
        handler().reset(this);
        var all = List.copyOf(pending);
        pending.clear();
        all.forEach(one -> one.completeExceptionally(new IllegalStateException("reset")));
    }

    void becomeWritable() {
        writable = true;
        handler().writabilityChanged(this);
    }

    StreamHandler handler() {
        return java.util.Objects.requireNonNull(handler, "nobody listens to the stream");
    }
}
