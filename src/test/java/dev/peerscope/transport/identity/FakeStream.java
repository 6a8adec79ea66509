package dev.peerscope.transport.identity;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import dev.peerscope.peer.Direction;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;

/** A stream that writes down what is done to it and has the test for its remote. */
final class FakeStream implements Stream {

    /** {@code closeWrite} and {@code reset}, in order; resets may come from a timer's thread. */
    final List<String> ended = new CopyOnWriteArrayList<>();
    boolean writable = true;
    private final FakeConnection connection;
    private final String protocol;
    private final Direction direction;
    private final ByteBuf written = Unpooled.buffer();
    private @Nullable StreamHandler handler;

    FakeStream(FakeConnection connection, String protocol, Direction direction) {
        this.connection = connection;
        this.protocol = protocol;
        this.direction = direction;
    }

    byte[] written() {
        return ByteBufUtil.getBytes(written);
    }

    /** The remote sends these bytes, in pieces of this length. */
    void receive(byte[] bytes, int cut) {
        for (int start = 0; start < bytes.length; start += Math.min(cut, bytes.length)) {
            var piece = Unpooled.copiedBuffer(bytes, start, Math.min(cut, bytes.length - start));
            handler().received(this, piece);
            piece.release();
        }
    }

    void receive(byte[] bytes) {
        receive(bytes, Integer.MAX_VALUE);
    }

    StreamHandler handler() {
        if (handler == null) {
            throw new AssertionError("nobody handles the stream");
        }
        return handler;
    }

    @Override
    public void setHandler(StreamHandler newHandler) {
        handler = newHandler;
    }

    @Override
    public CompletableFuture<Void> write(ByteBuf data) {
        written.writeBytes(data);
        data.release();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public long unwrittenBytes() {
        return 0;
    }

    @Override
    public void closeWrite() {
        ended.add("closeWrite");
    }

    @Override
    public void reset() {
        ended.add("reset");
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public Direction direction() {
        return direction;
    }
}
