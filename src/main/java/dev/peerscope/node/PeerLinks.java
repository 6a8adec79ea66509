package dev.peerscope.node;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.engine.EngineInput;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.limit.MemoryKind;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.ConnectionListener;
import dev.peerscope.transport.IdentifyInfo;
import dev.peerscope.transport.PeerStanding;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;

/**
 * Who is linked with us: turns connections into sessions of peers, and their ends into leaves.
 *
 * <p>
 * A peer's first connection begins a session and is told to the engine as its join, the end of its last one as its leave,
 * each once, in this order. Safe for use by any thread; what concerns one peer happens one after the other.
 */
final class PeerLinks implements ConnectionListener {

    private static final Logger LOG = LoggerFactory.getLogger(PeerLinks.class);

    private final EngineLoop loop;
    private final PeerDirectory directory;
    private final PeerLink.Means means;
    private final PeerStandings standings;
    /** Whether a peer is configured to be kept. */
    private volatile Predicate<PeerId> kept = _ -> false;
    private final AtomicLong sessions = new AtomicLong();
    /** Looked up by any thread; changed only under the lock, which keeps joins and leaves of a peer in their order. */
    private final ConcurrentMap<PeerId, PeerLink> links = new ConcurrentHashMap<>();

    PeerLinks(EngineLoop loop, PeerDirectory directory, PeerStandings standings, PeerLink.Means means) {
        this.loop = loop;
        this.directory = directory;
        this.standings = standings;
        this.means = means;
    }

    @Override
    public void connected(Connection connection) {
        // Not under the lock: a connection that is not welcome may tell its end at once.
        added(connection).welcome(connection);
    }

    @Override
    public synchronized void disconnected(Connection connection, CloseReason reason) {
        LOG.debug("connection closed: peer={} connection={} reason={}", connection.remotePeer().shortText(),
                connection.id(), reason);
        find(connection.remotePeer()).ifPresent(link -> {
            int left = link.remove(connection);
            directory.update(link.peer(), link.session(), info -> info.withConnections(left));
            if (left == 0) {
                links.remove(link.peer());
                end(link, reason);
            }
        });
    }

    @Override
    public void refused(dev.peerscope.transport.RefusedConnection refused) {
        LOG.debug("connection refused: address={} step={} reason={}", refused.remoteAddress(), refused.step().text(),
                refused.reason());
        directory.refused(new RefusedConnection(refused.at(), refused.remoteAddress(), refused.direction(),
                refused.step().text(), RefusalReason.of(refused.kind()), refused.reason()));
    }

    @Override
    public void identified(Connection connection, IdentifyInfo info) {
        find(connection.remotePeer()).ifPresent(link -> directory.update(link.peer(), link.session(),
                known -> known.identified(info.agentVersion(), info.protocols())));
    }

    /** Waits for nothing: it reads what the engine's events and the dials have left behind. */
    @Override
    public PeerStanding standing(PeerId peer) {
        return kept.test(peer) || find(peer).filter(PeerLink::isWantedByOperator).isPresent()
                ? PeerStanding.OPERATORS
                : standings.of(peer);
    }

    /** From now on peers that this says are kept make room for nobody. */
    void keep(Predicate<PeerId> configured) {
        kept = configured;
    }

    @Override
    public void limitMet(LimitName limit) {
        loop.tellLimitMet(limit);
    }

    /** Makes the limits of each peer's link known. */
    void register(LimitRegister register) {
        var limits = means.limits();
        register.register(LimitName.PEER_OUTBOUND, limits.peerOutboundBytes(),
                () -> most(MemoryKind.QUEUED_MESSAGES));
        register.register(LimitName.PEER_STREAMS, limits.peerIncomingStreams(),
                () -> links.values().stream().mapToLong(PeerLink::incomingStreams).max().orElse(0));
        register.register(LimitName.PARTIAL_MESSAGES, means.partialMessagesMax(),
                () -> most(MemoryKind.PARTIAL_MESSAGES));
    }

    private long most(MemoryKind kind) {
        return means.memory().most(peer -> peer.bytes(kind));
    }

    /** A peer opened a stream of the exchange. */
    StreamHandler accept(Stream stream) {
        return find(stream.connection().remotePeer()).map(link -> link.accept(stream)).orElseGet(() -> {
            // Its connection has ended, which nobody has told yet.
            stream.reset();
            return DeafStream.INSTANCE;
        });
    }

    /** The link of a peer. */
    Optional<PeerLink> find(PeerId peer) {
        return Optional.ofNullable(links.get(peer));
    }

    /** The link of a peer in one session; absent when the session is over. */
    Optional<PeerLink> find(PeerId peer, long session) {
        return find(peer).filter(link -> link.session() == session);
    }

    private synchronized PeerLink added(Connection connection) {
        var present = links.get(connection.remotePeer());
        var link = present == null ? new PeerLink(connection.remotePeer(), sessions.incrementAndGet(), means) : present;
        int count = link.add(connection);
        if (present == null) {
            begin(link, connection);
        }
        directory.update(link.peer(), link.session(), info -> info.withConnections(count));
        return link;
    }

    /** The engine may answer a join at once, so the link must be found before it is told. */
    private void begin(PeerLink link, Connection connection) {
        links.put(link.peer(), link);
        directory.began(link.session(), new ConnectedPeer(link.peer(), connection.remoteAddress(),
                connection.direction(), Optional.empty(), List.of(), connection.connectedAt(), 1, connection.muxer()));
        loop.submit(new EngineInput.PeerConnected(link.peer(), link.session(), connection.direction(),
                link.use()));
    }

    private void end(PeerLink link, CloseReason closed) {
        var reason = link.end().orElseGet(() -> Departures.reason(closed.kind()));
        Background.whenDone(
                loop.submit(new EngineInput.PeerDisconnected(link.peer(), link.session(), reason), _ -> true),
                "the end of a session", (_, _) -> directory.ended(link.peer(), link.session(),
                        means.clock().instant(), RefusalReason.of(reason)));
    }

    /** Drops the peers that have not read for too long. To be called every {@link ReadingRule#lookInterval()}. */
    void lookWhoReads() {
        for (var link : links.values()) {
            try {
                link.lookWhetherItReads();
            } catch (RuntimeException e) {
                // The others are looked at all the same, and so is this one next time.
                LOG.error("could not look whether a peer reads: peer={}", link.peer(), e);
            }
        }
    }

    /** Ends every session for this reason. */
    void closeAll(DepartureReason reason, String detail) {
        links.values().forEach(link -> link.close(reason, detail));
    }
}
