package dev.peerscope.transport.tcp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import dev.peerscope.limit.LimitName;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.transport.TransportLimits;
import dev.peerscope.transport.TransportTimeouts;
import dev.peerscope.transport.mux.MuxerOutput;

/** The muxer's way to the socket: flushes what belongs together at once, and gives up on a remote that takes nothing. */
final class ConnectionOutput implements MuxerOutput {

    /** Above this multiple of the bound somebody writes without looking. */
    private static final int HARD_BOUND = 4;
    /** A long message fills the bound for a moment; that is told when it stays so. */
    private static final Duration TOLD_AFTER = Duration.ofSeconds(1);

    /** What a frame takes beside its bytes until the socket has taken it. */
    private static final int FRAME_BYTES = 300;

    private final Channel channel;
    private final TransportLimits limits;
    private final TransportTimeouts timeouts;
    private final Consumer<CloseReason> end;
    private final Consumer<LimitName> met;
    private boolean flushScheduled;
    /** Memory that waits on streams and for the socket, and who is told of it. */
    private long waiting;
    private LongConsumer listener = _ -> {};
    private @Nullable ScheduledFuture<?> stall;

    ConnectionOutput(Channel channel, TransportLimits limits, TransportTimeouts timeouts, Consumer<CloseReason> end,
            Consumer<LimitName> met) {
        this.channel = channel;
        this.limits = limits;
        this.timeouts = timeouts;
        this.end = end;
        this.met = met;
    }

    @Override
    public void write(ByteBuf frame, @Nullable CompletableFuture<Void> written) {
        long memory = frame.readableBytes() + FRAME_BYTES;
        waiting(memory);
        var _ = channel.write(frame).addListener(result -> {
            waiting(-memory);
            if (written != null && result.isSuccess()) {
                written.complete(null);
            } else if (written != null) {
                written.completeExceptionally(result.cause());
            }
        });
        if (channel.bytesBeforeWritable() > (long) HARD_BOUND * limits.outboundBytesMax()) {
            end.accept(new CloseReason(CloseReason.Kind.LIMIT_MET,
                    "more than " + HARD_BOUND + " times " + limits.outboundBytesMax() + " bytes wait for the socket"));
        }
        scheduleFlush();
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void waiting(long change) {
        waiting += change;
        listener.accept(change);
    }

    /** Tells how much waits, and how that changes. */
    void tellWaiting(LongConsumer change) {
        listener = change;
        change.accept(waiting);
    }

    @Override
    public void limitMet(LimitName limit) {
        met.accept(limit);
    }

    @Override
    public void violation(String rule) {
        end.accept(new CloseReason(CloseReason.Kind.PROTOCOL_VIOLATION, rule));
    }

    /** The channel's writability has changed. */
    void writabilityChanged() {
        if (stall != null) {
            stall.cancel(false);
            stall = null;
        }
        if (!channel.isWritable() && channel.isActive()) {
            var limit = timeouts.stalledWrite();
            var told = limit.compareTo(TOLD_AFTER) < 0 ? limit : TOLD_AFTER;
            stall = after(told, () -> {
                offer();
                if (channel.isWritable()) {
                    return;
                }
                limitMet(LimitName.SOCKET_OUTBOUND);
                stall = after(limit.minus(told), () -> end.accept(
                        new CloseReason(CloseReason.Kind.TIMEOUT, "the remote has taken nothing for " + limit)));
            });
        }
    }

    private ScheduledFuture<?> after(Duration delay, Runnable task) {
        return channel.eventLoop().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Offers the socket what waits for it. The kernel calls a socket writable only when a third of its buffer is free, so a remote that
     * reads slowly would for a long time look like one that does not read at all.
     */
    void offer() {
        if (channel.isActive() && channel.unsafe() instanceof AbstractNioChannel.NioUnsafe socket) {
            socket.forceFlush();
        }
    }

    /** Bytes that wait for the socket; a frame that it has taken in part counts with the rest. */
    long waitingBytes() {
        var waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : Math.max(0, waiting.totalPendingWriteBytes() - waiting.currentProgress());
    }

    void close() {
        if (stall != null) {
            stall.cancel(false);
        }
    }

    /** Everything that is written until the event loop comes round again goes to the socket in one call. */
    private void scheduleFlush() {
        if (!flushScheduled) {
            flushScheduled = true;
            channel.eventLoop().execute(() -> {
                flushScheduled = false;
                channel.flush();
            });
        }
    }
}
