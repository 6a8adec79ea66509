package dev.peerscope.transport.mux;

import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.Direction;

/**
 * The part of a stream that is the same in every multiplexer: its two halves, its queue, its end.
 *
 * <p>Each half is open until it is closed; the stream ends when both are, or when either side resets it:
 *
 * <pre>
 *   open ── closeWrite, queue sent ──▶ half closed (local)  ── remote closes ──▶ closed
 *   open ── remote closes ───────────▶ half closed (remote) ── closeWrite, queue sent ──▶ closed
 *   any of these ── reset by us, by the remote, by a bound, or with the connection ──▶ reset
 * </pre>
 *
 * A protocol adds how frames look and how much the remote takes.
 */
public abstract class LogicalStream implements MuxedStream {

    private final long id;
    private final Direction direction;
    private final ActiveStreams streams;
    private final OutboundQueue queue;

    private boolean writeClosing;
    private boolean writeClosed;
    private boolean remoteClosed;
    private boolean ended;
    private boolean lastWritable;
    /** Kept by {@link ActiveStreams}: whether it waits for its turn to send. */
    boolean waitsForTurn;

    protected LogicalStream(long id, Direction direction, ActiveStreams streams) {
        this.id = id;
        this.direction = direction;
        this.streams = streams;
        this.queue = new OutboundQueue(streams.output()::waiting);
        this.lastWritable = streams.output().isWritable();
    }

    /** Bytes that the remote would take now. */
    protected abstract long sendCredit();

    /** Sends one frame of data and takes the ownership of the buffer. */
    protected abstract void sendData(ByteBuf data, @Nullable CompletableFuture<Void> written);

    /** Tells the remote that our half is closed. */
    protected abstract void sendClose();

    /** Tells the remote that the stream is over. */
    protected abstract void sendReset();

    @Override
    public final long id() {
        return id;
    }

    @Override
    public final Direction direction() {
        return direction;
    }

    @Override
    public final CompletableFuture<Void> write(ByteBuf data) {
        if (ended || writeClosing) {
            data.release();
            return CompletableFuture
                    .failedFuture(new StreamClosed(this + (ended ? " has ended" : " is closed for writing")));
        }
        if (!data.isReadable()) {
            data.release();
            return CompletableFuture.completedFuture(null);
        }
        var written = new CompletableFuture<Void>();
        long before = queue.bytes();
        queue.add(data, written);
        // The bound is met by a writer that does not look at isWritable, so it is the stream that pays.
        long queueMax = 2L * streams.limits().streamOutboundMax();
        streams.sendInTurn(this);
        if (before < streams.limits().streamOutboundMax() && queue.bytes() >= streams.limits().streamOutboundMax()) {
            streams.output().limitMet(LimitName.STREAM_OUTBOUND);
        }
        if (queue.bytes() > queueMax) {
            endWithReset(true, this + " has more than " + queueMax + " bytes queued");
        }
        return written;
    }

    @Override
    public final boolean isWritable() {
        return !ended && !writeClosing && streams.output().isWritable()
                && queue.bytes() < streams.limits().streamOutboundMax();
    }

    @Override
    public final long queuedBytes() {
        return queue.bytes();
    }

    @Override
    public final void closeWrite() {
        if (ended || writeClosing) {
            return;
        }
        writeClosing = true;
        closeWhenSent();
    }

    @Override
    public final void reset() {
        endWithReset(true, this + " was reset");
    }

    /** Bytes of the remote; the buffer is lent. */
    protected final void handleData(ByteBuf data) {
        if (ended) {
            return;
        }
        if (remoteClosed) {
            endWithReset(true, this + " got data after its close");
            return;
        }
        if (data.isReadable()) {
            streams.events().received(this, data);
        }
    }

    protected final void handleRemoteClose() {
        if (ended || remoteClosed) {
            return;
        }
        remoteClosed = true;
        streams.events().remoteClosed(this);
        endWhenBothClosed();
    }

    protected final void handleRemoteReset() {
        endWithReset(false, this + " was reset by the remote");
    }

    /** The remote takes more than before. */
    protected final void creditGrew() {
        streams.sendInTurn(this);
    }

    protected final boolean hasEnded() {
        return ended;
    }

    protected final boolean isRemoteClosed() {
        return remoteClosed;
    }

    @Override
    public final String toString() {
        return "stream " + id + " (" + (direction == Direction.INBOUND ? "opened by the remote" : "opened by us") + ")";
    }

    final void connectionEnded() {
        endWithReset(false, this + " ended with its connection");
    }

    /** Whether it has something that the remote would take. */
    final boolean canSend() {
        return !ended && !queue.isEmpty() && sendCredit() > 0;
    }

    final void sendPiece() {
        var piece = queue.next((int) Math.min(streams.limits().sentFrameMax(), sendCredit()));
        sendData(piece.data(), piece.written());
        closeWhenSent();
    }

    final void noticeWritability() {
        boolean writable = isWritable();
        if (writable != lastWritable && !ended && !writeClosing) {
            lastWritable = writable;
            streams.events().writabilityChanged(this);
        }
    }

    private void closeWhenSent() {
        if (!ended && writeClosing && !writeClosed && queue.isEmpty()) {
            writeClosed = true;
            sendClose();
            endWhenBothClosed();
        }
    }

    private void endWhenBothClosed() {
        if (!ended && writeClosed && remoteClosed) {
            ended = true;
            streams.remove(this);
            streams.events().closed(this);
        }
    }

    private void endWithReset(boolean tellRemote, String why) {
        if (ended) {
            return;
        }
        ended = true;
        streams.remove(this);
        if (tellRemote) {
            sendReset();
        }
        queue.fail(new StreamClosed(why));
        streams.events().reset(this);
    }
}
