package dev.peerscope.node;

import java.util.List;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.engine.EngineInput;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.MemoryKind;
import dev.peerscope.limit.OutOfMemory;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamRefused;

/**
 * What we send to one peer, in order and one message at a time, on one stream of our own that is opened with the first message and kept.
 *
 * <pre>
 * IDLE    → OPENING  there is something to send
 * OPENING → OPEN     the stream stands
 *         → IDLE     it was refused: tried once more, then the connection counts as lost
 *         → MUTE     the peer does not speak the dialect
 * OPEN    → WRITING  the stream takes the next message, which becomes bytes
 * WRITING → OPEN     the socket has taken it
 * OPEN, WRITING → IDLE  the stream died: what was being written is sent once more on another
 * MUTE    → IDLE     the peer has opened a stream of the dialect itself
 * any     → ENDED    the session is over
 * </pre>
 *
 * <p>
 * The engine is told to produce nothing ({@code PeerStalled}) while more waits than may, and for a mute peer; and to go on
 * ({@code PeerWritable}) when half of the room is free again. Messages are encoded on the connection's event loop. Safe for use by any
 * thread.
 */
final class OutboundLane {

    private static final Logger LOG = LoggerFactory.getLogger(OutboundLane.class);

    private enum State {
        IDLE, OPENING, OPEN, WRITING, MUTE, ENDED
    }

    private final PeerLink link;
    private final PeerLink.Means means;
    private final long memoryMax;

    // Guarded by this.
    private State state = State.IDLE;
    private @Nullable Stream stream;
    /** What the socket has not taken; while {@code WRITING} the first of it is with the stream. */
    private final UnwrittenMessages queue;
    private boolean stalled;
    private int refusals;

    OutboundLane(PeerLink link, PeerLink.Means means) {
        this.link = link;
        this.means = means;
        this.memoryMax = means.limits().peerOutboundBytes();
        this.queue = new UnwrittenMessages(change -> link.use().add(MemoryKind.QUEUED_MESSAGES, change));
    }

    void send(ExchangeMessage message, Runnable written, Runnable dropped) {
        boolean mute;
        synchronized (this) {
            if (state == State.ENDED) {
                return;
            }
            mute = state == State.MUTE;
            if (!mute) {
                queue.add(new OutgoingMessage(message, written, dropped));
                tellIfStalled();
            }
        }
        if (mute) {
            dropped.run();
        } else {
            proceed();
        }
    }

    /** Hands over what waits on the wire and what the socket has taken; on the event loop of the stream, if there is one. */
    void look(Consumer<ReadingWatch.Queue> looker) {
        Stream present;
        synchronized (this) {
            present = stream;
        }
        if (present == null) {
            looker.accept(queueBehind(null, 0));
        } else {
            present.connection().execute(() -> looker.accept(queueBehind(present, present.unwrittenBytes())));
        }
    }

    /** Of the message that the stream has, the socket has taken all but the last so many bytes. */
    private synchronized ReadingWatch.Queue queueBehind(@Nullable Stream asked, long unwritten) {
        boolean begun = asked != null && isWriting(asked);
        return queue.queue(begun ? Math.max(0, queue.first().length() - unwritten) : 0);
    }

    /** The peer speaks the dialect, whatever it said when we asked. */
    void peerSpeaks() {
        synchronized (this) {
            if (state != State.MUTE) {
                return;
            }
            state = State.IDLE;
            tellIfStalled();
        }
    }

    /** A connection has come or gone: what waits may have a way now. */
    void connectionsChanged() {
        proceed();
    }

    /** The session is over: nothing is sent any more. */
    synchronized void end() {
        state = State.ENDED;
        stream = null;
        queue.clear();
    }

    /** Opens a stream for what waits, or writes the next of it, if it is time for that. */
    private void proceed() {
        var way = link.connection();
        Connection connection;
        Runnable step;
        synchronized (this) {
            if (queue.isEmpty()) {
                return;
            }
            if (state == State.IDLE && way.isPresent()) {
                state = State.OPENING;
                connection = way.get();
                step = () -> open(way.get());
            } else if (state == State.OPEN && stream != null && stream.isWritable()) {
                state = State.WRITING;
                Stream target = stream;
                connection = target.connection();
                step = () -> write(target);
            } else {
                return;
            }
        }
        connection.execute(step);
    }

    private void open(Connection connection) {
        Background.whenDone(connection.openStream(means.dialect().protocolId()), "opening a stream",
                (opened, failure) -> {
                    if (failure != null) {
                        refused(connection, failure);
                    } else if (opened != null) {
                        opened(opened);
                    }
                });
    }

    private void opened(Stream fresh) {
        // Peers may answer on it.
        fresh.setHandler(new OwnStream(link.incoming(fresh, () -> {}), this::died, this::proceed));
        boolean unwanted;
        synchronized (this) {
            unwanted = state == State.ENDED;
            if (!unwanted) {
                state = State.OPEN;
                stream = fresh;
            }
        }
        if (unwanted) {
            fresh.reset();
        } else {
            proceed();
        }
    }

    private void refused(Connection connection, Throwable failure) {
        var kind = failure instanceof StreamRefused refused ? refused.kind() : StreamRefused.Kind.FAILED;
        boolean lost;
        List<OutgoingMessage> dropped = List.of();
        synchronized (this) {
            if (state != State.OPENING) {
                return;
            }
            boolean mute = kind == StreamRefused.Kind.NOT_SPOKEN;
            state = mute ? State.MUTE : State.IDLE;
            if (mute) {
                LOG.debug("the peer does not speak the exchange: peer={}", link.peer().shortText());
                dropped = queue.clear();
                tellIfStalled();
            }
            lost = !mute && kind != StreamRefused.Kind.DISCONNECTED && ++refusals > 1;
        }
        // The engine knows by now that the peer is stalled, so it does not bring the same again.
        dropped.forEach(outgoing -> outgoing.dropped.run());
        if (kind == StreamRefused.Kind.DISCONNECTED) {
            link.ended(connection);
        }
        if (lost) {
            connectionLost(connection, "no stream of the exchange could be opened: " + failure.getMessage());
        } else {
            proceed();
        }
    }

    /** Gives the stream the first message. On its event loop. */
    private void write(Stream target) {
        OutgoingMessage first;
        ExchangeMessage message;
        synchronized (this) {
            if (!isWriting(target)) {
                return;
            }
            first = queue.first();
            message = first.message();
        }
        ByteBuf encoded = null;
        if (message != null) {
            try {
                encoded = means.dialect().encoder().encode(message, ByteBufAllocator.DEFAULT);
            } catch (RuntimeException | Error e) {
                OutOfMemory.endIfCause(e);
                // Our own mistake; going on without the message would leave the engine waiting for it for ever.
                LOG.error("a message of ours cannot be sent: peer={}", link.peer().shortText(), e);
                link.close(DepartureReason.CONNECTION_LOST, "a message of ours could not be encoded");
                return;
            }
        }
        ByteBuf bytes;
        synchronized (this) {
            if (!isWriting(target)) {
                ReferenceCountUtil.release(encoded);
                return;
            }
            if (encoded != null) {
                queue.firstBecomes(encoded);
            }
            bytes = first.bytesForStream();
        }
        Background.whenDone(target.write(bytes), "sending a message", (_, failure) -> {
            if (failure != null) {
                died(target);
            } else {
                written(target, first);
            }
        });
    }

    private boolean isWriting(Stream target) {
        return state == State.WRITING && target.equals(stream);
    }

    private void written(Stream target, OutgoingMessage outgoing) {
        synchronized (this) {
            if (!isWriting(target)) {
                return;
            }
            queue.firstWritten();
            refusals = 0;
            state = State.OPEN;
            tellIfStalled();
        }
        means.observer().messageSent(outgoing.summary());
        outgoing.written.run();
        proceed();
    }

    /** The stream takes no more: what it has not written goes to another one, unless that was tried before. */
    private void died(Stream dead) {
        boolean lost = false;
        synchronized (this) {
            if (!dead.equals(stream)) {
                return;
            }
            if (state == State.WRITING) {
                var unwritten = queue.first();
                lost = unwritten.again;
                unwritten.again = unwritten.message() == null;
            }
            stream = null;
            state = State.IDLE;
        }
        if (lost) {
            connectionLost(dead.connection(), "a message was lost with two streams in turn");
        } else {
            proceed();
        }
    }

    private void connectionLost(Connection connection, String detail) {
        link.ended(connection);
        connection.close(new CloseReason(CloseReason.Kind.CONNECTION_LOST, detail));
        proceed();
    }

    private void tellIfStalled() {
        boolean mute = state == State.MUTE;
        if (!stalled && (mute || queue.memory() > memoryMax)) {
            stalled = true;
            means.loop().submit(new EngineInput.PeerStalled(link.peer(), link.session()));
            if (!mute) {
                link.limitMet(LimitName.PEER_OUTBOUND);
            }
        } else if (stalled && !mute && queue.memory() <= memoryMax / 2) {
            stalled = false;
            means.loop().submit(new EngineInput.PeerWritable(link.peer(), link.session()));
        }
    }
}
