package dev.peerscope.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.engine.EngineInput;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.MemoryKind;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;
import dev.peerscope.transport.StreamRefused;

/**
 * What we send to one peer, in order, on one stream of our own that is opened with the first message and kept.
 *
 * <pre>
 * IDLE    → OPENING  there is something to send
 * OPENING → OPEN     the stream stands
 *         → IDLE     it was refused: tried once more, then the connection counts as lost
 *         → MUTE     the peer does not speak the dialect
 * OPEN    → IDLE     the stream died: what was not written yet is sent once more on another
 * MUTE    → IDLE     the peer has opened a stream of the dialect itself
 * any     → ENDED    the session is over
 * </pre>
 *
 * <p>
 * The engine is told to produce nothing ({@code PeerStalled}) while more waits than may, and for a mute peer; and to go on
 * ({@code PeerWritable}) when half of the room is free again. Messages are encoded on the connection's event loop as the
 * stream takes them. Safe for use by any thread.
 */
final class OutboundLane {

    private static final Logger LOG = LoggerFactory.getLogger(OutboundLane.class);

    private enum State {
        IDLE, OPENING, OPEN, MUTE, ENDED
    }

    private final PeerLink link;
    private final PeerLink.Means means;
    private final long bytesMax;

    // Guarded by this.
    private State state = State.IDLE;
    private @Nullable Stream stream;
    private final Deque<OutgoingMessage> waiting = new ArrayDeque<>();
    /** Handed to the stream and not written yet, in order. */
    private final Deque<OutgoingMessage> inFlight = new ArrayDeque<>();
    private long bytes;
    private boolean stalled;
    private boolean draining;
    private int refusals;

    OutboundLane(PeerLink link, PeerLink.Means means) {
        this.link = link;
        this.means = means;
        this.bytesMax = means.limits().peerOutboundBytes();
    }

    void send(ExchangeMessage message, Runnable written, Runnable dropped) {
        boolean mute;
        synchronized (this) {
            if (state == State.ENDED) {
                return;
            }
            mute = state == State.MUTE;
            if (!mute) {
                var outgoing = new OutgoingMessage(message, written, dropped);
                waiting.add(outgoing);
                weighs(outgoing.weight);
                tellIfStalled();
            }
        }
        if (mute) {
            dropped.run();
        } else {
            drainSoon();
        }
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
        drainSoon();
    }

    /** The session is over: nothing is sent any more. */
    synchronized void end() {
        state = State.ENDED;
        stream = null;
        waiting.clear();
        inFlight.clear();
        weighs(-bytes);
    }

    private void drainSoon() {
        link.connection().ifPresent(connection -> {
            synchronized (this) {
                if (draining || waiting.isEmpty() || state == State.OPENING) {
                    return;
                }
                draining = true;
            }
            connection.execute(() -> drain(connection));
        });
    }

    /** On an event loop, one at a time. */
    private void drain(Connection connection) {
        for (;;) {
            Stream target;
            OutgoingMessage next;
            synchronized (this) {
                boolean open = state == State.OPEN && stream != null && stream.isWritable();
                if (waiting.isEmpty() || !open && state != State.IDLE) {
                    draining = false;
                    return;
                }
                if (state == State.IDLE || stream == null) {
                    state = State.OPENING;
                    draining = false;
                    break;
                }
                target = stream;
                next = waiting.remove();
                inFlight.add(next);
            }
            write(target, next);
        }
        open(connection);
    }

    private void open(Connection connection) {
        Background.whenDone(connection.openStream(means.dialect().protocolId()), "opening a stream", (opened, failure) -> {
            if (failure != null) {
                refused(connection, failure);
            } else if (opened != null) {
                opened(opened);
            }
        });
    }

    private void opened(Stream fresh) {
        // Peers may answer on it.
        fresh.setHandler(new OwnStream(link.incoming(fresh, () -> {})));
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
            drainSoon();
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
                dropped = List.copyOf(waiting);
                waiting.clear();
                weighs(-bytes);
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
            drainSoon();
        }
    }

    private void write(Stream target, OutgoingMessage outgoing) {
        ByteBuf encoded;
        try {
            encoded = means.dialect().encoder().encode(outgoing.message, ByteBufAllocator.DEFAULT);
        } catch (RuntimeException | Error e) {
            // Our own mistake; going on without the message would leave the engine waiting for it for ever.
            LOG.error("a message of ours cannot be sent: peer={}", link.peer().shortText(), e);
            link.close(DepartureReason.CONNECTION_LOST, "a message of ours could not be encoded");
            return;
        }
        int length = bodyLength(encoded);
        Background.whenDone(target.write(encoded), "sending a message", (_, failure) -> {
            if (failure != null) {
                died(target);
            } else if (settled(outgoing)) {
                means.observer().messageSent(MessageSummary.of(outgoing.message, length));
                outgoing.written.run();
            }
        });
    }

    /** What follows the varint that tells the length. */
    private static int bodyLength(ByteBuf framed) {
        int at = framed.readerIndex();
        while (framed.getByte(at) < 0) {
            at++;
        }
        return framed.writerIndex() - at - 1;
    }

    /** True unless it has been put back for another stream meanwhile. */
    private boolean settled(OutgoingMessage outgoing) {
        synchronized (this) {
            if (!inFlight.remove(outgoing)) {
                return false;
            }
            weighs(-outgoing.weight);
            refusals = 0;
            tellIfStalled();
        }
        return true;
    }

    /** The stream takes no more: what it has not written goes to another one, unless that was tried before. */
    private void died(Stream dead) {
        boolean lost;
        synchronized (this) {
            if (!dead.equals(stream)) {
                return;
            }
            stream = null;
            state = State.IDLE;
            lost = inFlight.stream().anyMatch(outgoing -> outgoing.again);
            while (!inFlight.isEmpty()) {
                var outgoing = inFlight.removeLast();
                outgoing.again = true;
                waiting.addFirst(outgoing);
            }
        }
        if (lost) {
            connectionLost(dead.connection(), "a message was lost with two streams in turn");
        } else {
            drainSoon();
        }
    }

    private void connectionLost(Connection connection, String detail) {
        link.ended(connection);
        connection.close(new CloseReason(CloseReason.Kind.CONNECTION_LOST, detail));
        drainSoon();
    }

    private void weighs(long change) {
        bytes += change;
        link.use().add(MemoryKind.QUEUED_MESSAGES, change);
    }

    private void tellIfStalled() {
        boolean mute = state == State.MUTE;
        if (!stalled && (mute || bytes > bytesMax)) {
            stalled = true;
            means.loop().submit(new EngineInput.PeerStalled(link.peer(), link.session()));
            if (!mute) {
                link.limitMet(LimitName.PEER_OUTBOUND);
            }
        } else if (stalled && !mute && bytes <= bytesMax / 2) {
            stalled = false;
            means.loop().submit(new EngineInput.PeerWritable(link.peer(), link.session()));
        }
    }

    /** Our own stream: what the peer says on it is read like any other. */
    private final class OwnStream implements StreamHandler {

        private final InboundStream answers;

        OwnStream(InboundStream answers) {
            this.answers = answers;
        }

        @Override
        public void received(Stream own, ByteBuf data) {
            answers.received(own, data);
        }

        @Override
        public void remoteClosed(Stream own) {
            // The peer answers elsewhere, or not at all; we may go on writing.
            answers.end();
        }

        @Override
        public void reset(Stream own) {
            answers.end();
            died(own);
        }

        @Override
        public void writabilityChanged(Stream own) {
            drainSoon();
        }
    }
}
