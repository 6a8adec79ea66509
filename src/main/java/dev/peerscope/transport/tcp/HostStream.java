package dev.peerscope.transport.tcp;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.peer.Direction;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;
import dev.peerscope.transport.StreamRefused;
import dev.peerscope.transport.mux.MuxedStream;
import dev.peerscope.transport.negotiation.DiallerNegotiation;
import dev.peerscope.transport.negotiation.ListenerNegotiation;

/**
 * A stream of a {@link NettyConnection}: first its protocol is negotiated, then a handler hears of it.
 *
 * <pre>
 * NEGOTIATING --agreed--&gt; OPEN --both halves closed, or reset--&gt; ENDED
 *      '-- time-out, refusal, broken rule, reset --------------------^
 * </pre>
 *
 * What is said until there is a handler is kept for it, up to the size of one frame.
 */
final class HostStream implements Stream {

    private static final Logger LOG = LoggerFactory.getLogger(HostStream.class);

    private final long id;
    private final NettyConnection connection;
    private final MuxedStream muxed;
    /** Bytes written by other threads that the event loop has not seen yet. */
    private final AtomicLong handedOver = new AtomicLong();
    private final long handedOverMax;
    private volatile String protocol = "";
    private volatile boolean muxedWritable;

    private @Nullable StreamNegotiation negotiation;
    private @Nullable StreamHandler handler;
    private ByteBuf held = Unpooled.EMPTY_BUFFER;
    private boolean remoteClosed;
    private boolean ended;
    private boolean wasReset;

    HostStream(long id, NettyConnection connection, MuxedStream muxed) {
        this.id = id;
        this.connection = connection;
        this.muxed = muxed;
        this.muxedWritable = muxed.isWritable();
        this.handedOverMax = connection.host().settings().limits().outboundBytesMax();
    }

    /** We opened it: agree with the remote on this protocol. */
    void propose(String protocolId, CompletableFuture<Stream> opening) {
        var proposing = new DiallerNegotiation(List.of(protocolId), lineMax());
        negotiate(new StreamNegotiation(connection.channel(), muxed, proposing, new StreamNegotiation.Listener() {
            @Override
            public void agreed(String chosen, ByteBuf following) {
                open(chosen, following);
                opening.complete(HostStream.this);
            }

            @Override
            public void failed(StreamRefused reason) {
                muxed.reset();
                opening.completeExceptionally(reason);
            }
        }));
    }

    /** The remote opened it: let it propose a protocol of ours. */
    void awaitProposal() {
        var acceptors = connection.host().acceptors();
        var answering = new ListenerNegotiation(acceptors.keySet(), lineMax());
        negotiate(new StreamNegotiation(connection.channel(), muxed, answering, new StreamNegotiation.Listener() {
            @Override
            public void agreed(String chosen, ByteBuf following) {
                open(chosen, following);
                // Only what has an acceptor can be agreed on.
                var acceptor = Objects.requireNonNull(acceptors.get(chosen));
                guarded(() -> setHandler(acceptor.accept(HostStream.this)));
            }

            @Override
            public void failed(StreamRefused reason) {
                LOG.debug("stream refused peer={} reason={}", connection.remotePeer().shortText(), reason.getMessage());
                muxed.reset();
            }
        }));
    }

    void received(ByteBuf data) {
        if (negotiation != null) {
            negotiation.received(data);
        } else if (handler != null) {
            tell(to -> to.received(this, data));
        } else {
            hold(data);
        }
    }

    void remoteClosed() {
        remoteClosed = true;
        if (negotiation != null) {
            negotiation.fail(StreamRefused.Kind.FAILED, "the remote closed the stream before its protocol was agreed");
        } else {
            tell(to -> to.remoteClosed(this));
        }
    }

    /** Both halves are closed, or the stream was reset by somebody or with its connection. */
    void ended(boolean reset) {
        ended = true;
        wasReset = reset;
        muxedWritable = false;
        if (negotiation != null) {
            negotiation.fail(StreamRefused.Kind.FAILED, "the stream was reset before its protocol was agreed");
        } else if (reset) {
            releaseHeld();
            tell(to -> to.reset(this));
        }
    }

    void writabilityChanged() {
        muxedWritable = muxed.isWritable();
        tell(to -> to.writabilityChanged(this));
    }

    @Override
    public long id() {
        return id;
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
        return muxed.direction();
    }

    @Override
    public CompletableFuture<Void> write(ByteBuf data) {
        var written = new CompletableFuture<Void>();
        int length = data.readableBytes();
        handedOver.addAndGet(length);
        connection.execute(() -> {
            boolean wasFull = handedOver.getAndAdd(-length) >= handedOverMax;
            pass(muxed.write(data), written);
            boolean before = muxedWritable;
            muxedWritable = muxed.isWritable();
            if (wasFull && before && isWritable()) {
                // The muxer does not know that writers were turned away.
                tell(to -> to.writabilityChanged(this));
            }
        });
        return written;
    }

    @Override
    public boolean isWritable() {
        return muxedWritable && handedOver.get() < handedOverMax;
    }

    @Override
    public long unwrittenBytes() {
        return handedOver.get() + muxed.queuedBytes() + connection.offerToSocket();
    }

    @Override
    public void closeWrite() {
        connection.execute(muxed::closeWrite);
    }

    @Override
    public void reset() {
        connection.execute(muxed::reset);
    }

    @Override
    public void setHandler(StreamHandler newHandler) {
        connection.execute(() -> {
            handler = newHandler;
            deliverHeld();
        });
    }

    @Override
    public String toString() {
        return "stream " + id + " (" + protocol + ") of " + connection;
    }

    private void negotiate(StreamNegotiation begun) {
        negotiation = begun;
        begun.begin(connection.host().settings().timeouts());
    }

    private void open(String chosen, ByteBuf following) {
        negotiation = null;
        protocol = chosen;
        held = following;
    }

    /** Nobody has said yet who is to be told. */
    private void hold(ByteBuf data) {
        if (ended) {
            return;
        }
        int heldMax = connection.host().settings().limits().muxer().receivedFrameMax();
        if (held.readableBytes() + data.readableBytes() > heldMax) {
            LOG.warn("stream without a handler is reset protocol={} heldMax={}", protocol, heldMax);
            muxed.reset();
            return;
        }
        held = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(connection.channel().alloc(), held, data.retain());
    }

    private void deliverHeld() {
        var data = held;
        held = Unpooled.EMPTY_BUFFER;
        try {
            if (data.isReadable()) {
                tell(to -> to.received(this, data));
            }
        } finally {
            data.release();
        }
        if (remoteClosed && !wasReset) {
            tell(to -> to.remoteClosed(this));
        }
        if (wasReset) {
            tell(to -> to.reset(this));
        }
    }

    private void releaseHeld() {
        held.release();
        held = Unpooled.EMPTY_BUFFER;
    }

    private void tell(Consumer<StreamHandler> what) {
        var told = handler;
        if (told != null) {
            guarded(() -> what.accept(told));
        }
    }

    /** A handler that fails costs its own stream and nothing else. */
    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("stream handler failed protocol={} peer={}", protocol, connection.remotePeer().shortText(), e);
            muxed.reset();
        }
    }

    private int lineMax() {
        return connection.host().settings().limits().negotiationLineMax();
    }

    private static void pass(CompletableFuture<Void> from, CompletableFuture<Void> to) {
        var unused = from.whenComplete((done, failure) -> {
            if (failure == null) {
                to.complete(null);
            } else {
                to.completeExceptionally(failure);
            }
        });
    }
}
