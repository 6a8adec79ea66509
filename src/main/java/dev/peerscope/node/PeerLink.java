package dev.peerscope.node;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.MemoryBudget;
import dev.peerscope.limit.MemoryKind;
import dev.peerscope.limit.PeerUse;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;
import dev.peerscope.wire.Dialect;
import dev.peerscope.wire.WireLimits;

/**
 * One session of a peer: its connections, the streams that it opened, and the lane of what we send to it. Safe for use by
 * any thread.
 */
final class PeerLink {

    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

    private final PeerId peer;
    private final long session;
    private final Means means;
    private final PeerUse use;
    private final OutboundLane outbound;
    private final List<Connection> connections = new ArrayList<>();
    private final Set<Connection> endedConnections = new HashSet<>();
    private Optional<DepartureReason> closing = Optional.empty();
    private CloseReason closeReason = new CloseReason(CloseReason.Kind.LOCAL_CLOSE, "");
    private int incomingStreams;
    private volatile boolean wantedByOperator;
    /** Since it was told last. */
    private final AtomicLong streamsRefused = new AtomicLong();
    private final ReadingWatch reading;
    /** Bytes of the exchange since the last look. */
    private final AtomicLong arrived = new AtomicLong();

    /**
     * What all links share.
     *
     * @param ticker
     *            nanoseconds that never go back
     */
    record Means(EngineLoop loop, Dialect dialect, WireLimits wire, NodeLimits limits, NodeObserver observer,
            InstantSource clock, PeerDirectory directory, MemoryBudget memory, ReadingRule reading,
            LongSupplier ticker) {

        /** A well-behaved peer speaks on one stream and may answer on ours. */
        private static final int PARTIAL_MESSAGES = 2;

        /** Bytes that the unfinished messages of one peer may take. */
        long partialMessagesMax() {
            return (long) PARTIAL_MESSAGES * wire.messageLengthMax();
        }
    }

    PeerLink(PeerId peer, long session, Means means) {
        this.peer = peer;
        this.session = session;
        this.means = means;
        this.use = means.memory().open(this::takesMost);
        this.outbound = new OutboundLane(this, means);
        this.reading = new ReadingWatch(means.reading());
    }

    PeerId peer() {
        return peer;
    }

    long session() {
        return session;
    }

    /** What the peer takes of memory and limits. */
    PeerUse use() {
        return use;
    }

    /** Returns how many there are now. To be followed by {@link #welcome}. */
    int add(Connection connection) {
        connection.tellWaiting(change -> use.add(MemoryKind.CONNECTIONS, change));
        synchronized (this) {
            connections.add(connection);
            if (connection.direction() == Direction.OUTBOUND) {
                wantedByOperator = true;
            }
            return connections.size();
        }
    }

    /**
     * Uses a connection that was added; one that came while the session is being ended is closed like the others, which may
     * be told before this returns.
     */
    void welcome(Connection connection) {
        if (isClosing()) {
            connection.close(closeReason());
        } else {
            outbound.connectionsChanged();
        }
    }

    /** Returns how many are left. */
    int remove(Connection connection) {
        means.loop().forget(new ConnectionSource(connection, use));
        int left;
        synchronized (this) {
            connections.remove(connection);
            endedConnections.remove(connection);
            left = connections.size();
        }
        outbound.connectionsChanged();
        return left;
    }

    /** The session is over. Returns why we have ended it, if it was us. */
    Optional<DepartureReason> end() {
        outbound.end();
        use.close();
        synchronized (this) {
            return closing;
        }
    }

    /** The operator has dialled the peer, and found it connected. */
    void dialled() {
        wantedByOperator = true;
    }

    /** Whether the operator, or the configuration, has had us dial the peer in this session. */
    boolean isWantedByOperator() {
        return wantedByOperator;
    }

    /** The connection to open a stream on: the oldest that has not ended. */
    synchronized Optional<Connection> connection() {
        return connections.stream().filter(connection -> !endedConnections.contains(connection)).findFirst();
    }

    /** A connection has ended, as was noticed before its end was told. */
    synchronized void ended(Connection connection) {
        if (connections.contains(connection)) {
            endedConnections.add(connection);
        }
    }

    /**
     * Sends a message after those before it.
     *
     * @param written
     *            run when it has been handed to the socket
     * @param dropped
     *            run instead when the peer turns out not to speak the dialect
     */
    void send(ExchangeMessage message, Runnable written, Runnable dropped) {
        outbound.send(message, written, dropped);
    }

    /** Drops the peer when it has not read for too long. To be called every {@link ReadingRule#lookInterval()}. */
    void lookWhetherItReads() {
        outbound.look(queue -> {
            boolean heard = arrived.getAndSet(0) > 0 || isReadingPaused();
            reading.look(means.ticker().getAsLong(), queue, heard).ifPresent(sentence -> {
                LOG.debug("dropped, it does not read: peer={} {}", peer, sentence);
                close(DepartureReason.PEER_TIMEOUT, sentence);
            });
        });
    }

    /** Bytes of the exchange arrived from it, on a stream that either side opened. */
    void arrived(int bytes) {
        arrived.addAndGet(bytes);
    }

    private synchronized boolean isReadingPaused() {
        return connections.stream().anyMatch(Connection::isReadingPaused);
    }

    /** Closes every connection; the first reason given is the one that counts. */
    void close(DepartureReason reason, String detail) {
        List<Connection> open;
        synchronized (this) {
            if (closing.isEmpty()) {
                closing = Optional.of(reason);
                closeReason = new CloseReason(Departures.kind(reason), detail);
            }
            open = List.copyOf(connections);
        }
        means.directory().ending(peer, session);
        LOG.debug("closing: peer={} reason={} detail={}", peer.shortText(), reason.text(), detail);
        open.forEach(connection -> connection.close(closeReason()));
    }

    /** Whether we are ending the session. */
    synchronized boolean isClosing() {
        return closing.isPresent();
    }

    /** The peer opened a stream of the exchange. */
    StreamHandler accept(Stream stream) {
        if (!takeIncomingStream()) {
            LOG.debug("stream refused, the peer has too many: peer={}", peer.shortText());
            tellStreamRefused();
            stream.reset();
            return DeafStream.INSTANCE;
        }
        outbound.peerSpeaks();
        return incoming(stream, this::incomingStreamEnded);
    }

    /** Reads the messages of a stream of the exchange, whoever opened it. */
    InboundStream incoming(Stream stream, Runnable ended) {
        return new InboundStream(this, stream, means, ended);
    }

    /** Tells that a bound outside the engine was met by this peer. */
    void limitMet(LimitName limit) {
        means.loop().tellLimitMet(limit, Optional.of(peer));
    }

    /** The unfinished messages of its streams take so many bytes more, or less if negative. */
    void gathered(int change) {
        use.add(MemoryKind.PARTIAL_MESSAGES, change);
        long gathered = use.bytes(MemoryKind.PARTIAL_MESSAGES);
        if (gathered > means.partialMessagesMax()) {
            takesTooMuch(LimitName.PARTIAL_MESSAGES, "its unfinished messages take " + gathered + " bytes");
        }
    }

    /** The memory of all peers is used up, and this one takes most of it. */
    private void takesMost(PeerUse most) {
        LOG.warn("memory limit met, dropping the peer that takes most: peer={} bytes={} {} budget={}", peer,
                most.bytes(), most, means.memory().max());
        takesTooMuch(LimitName.MEMORY, "it takes " + most.bytes() + " bytes, most of all peers: " + most);
    }

    /** Streams that the peer has open. */
    synchronized int incomingStreams() {
        return incomingStreams;
    }

    private void takesTooMuch(LimitName limit, String detail) {
        if (!isClosing()) {
            limitMet(limit);
            close(DepartureReason.LIMIT_MET, detail);
        }
    }

    /** However many are refused, one telling waits at most. */
    private void tellStreamRefused() {
        if (streamsRefused.getAndIncrement() == 0) {
            means.loop().tell(at -> new ExchangeEvent.LimitMet(at, LimitName.PEER_STREAMS, Optional.of(peer),
                    streamsRefused.getAndSet(0)));
        }
    }

    private synchronized CloseReason closeReason() {
        return closeReason;
    }

    private synchronized boolean takeIncomingStream() {
        if (incomingStreams >= means.limits().peerIncomingStreams()) {
            return false;
        }
        incomingStreams++;
        return true;
    }

    private synchronized void incomingStreamEnded() {
        incomingStreams--;
    }
}
