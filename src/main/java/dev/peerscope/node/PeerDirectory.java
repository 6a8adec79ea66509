package dev.peerscope.node;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEvent.PeerJoined;
import dev.peerscope.event.ExchangeEvent.PeerLeft;
import dev.peerscope.event.ExchangeEventSink;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;

/**
 * Who is connected, who was, and who was not let in. What was or was refused is remembered up to a bound; see {@link
 * DepartedPeers} and {@link RefusedConnections}.
 *
 * <p>
 * A session begins here when a peer's first connection stands, and ends when the engine says that the peer left, or when it
 * never let the peer join. Meanwhile the peer's next session may have begun: sessions of a peer stand in their order, and
 * the first one is the engine's. Safe for use by any thread.
 */
public final class PeerDirectory implements ExchangeEventSink {

    private static final String JOIN = "join";

    private final Consumer<LimitName> forgotten;
    private final Revision revision;
    private final Map<PeerId, Deque<Session>> sessions = new HashMap<>();
    private final DepartedPeers departed;
    private final RefusedConnections refused;

    /**
     * @param forgotten
     *            told of the bound for which something was forgotten
     */
    PeerDirectory(NodeLimits limits, Consumer<LimitName> forgotten, Revision revision) {
        this.forgotten = forgotten;
        this.departed = new DepartedPeers(limits.departedPeers());
        this.refused = new RefusedConnections(limits.refusedConnections());
        this.revision = revision;
    }

    /** A peer that has a connection, joined or about to. */
    public synchronized Optional<ConnectedPeer> connected(PeerId peer) {
        return Optional.ofNullable(first(peer)).map(session -> session.info);
    }

    /** Peers that have a connection, in no particular order. */
    public synchronized List<ConnectedPeer> connected() {
        return sessions.values().stream().map(queue -> queue.getFirst().info).toList();
    }

    /** Peers that have left, the one that left last first; a peer that left twice stands there twice. */
    public synchronized List<DepartedPeer> departed() {
        return departed.all();
    }

    /** The last leave of a peer. */
    public synchronized Optional<DepartedPeer> departed(PeerId peer) {
        return departed.find(peer);
    }

    /** Connections that ended before their peer joined, the newest first. */
    public synchronized List<RefusedConnection> refused() {
        return refused.all();
    }

    /** How a peer was not let in that we have dialled at this address, where that happened since then and is remembered. */
    synchronized Optional<RefusedConnection> notLetIn(Multiaddr dialled, Instant since) {
        return refused.all().stream().filter(one -> one.step().equals(JOIN) && one.direction() == Direction.OUTBOUND
                && one.remoteAddress().equals(dialled) && !one.at().isBefore(since)).findFirst();
    }

    /** How many connections have ended for this reason before their peer joined, remembered or not. */
    public synchronized long refusals(RefusalReason reason) {
        return refused.count(reason);
    }

    /** Takes joins and leaves from the engine. */
    @Override
    public void accept(ExchangeEvent event) {
        switch (event) {
            case PeerJoined joined -> joined(joined.peer());
            case PeerLeft left -> left(left);
            case ExchangeEvent.PresenceTold _,ExchangeEvent.PresenceChanged _,ExchangeEvent.WantListChanged _,ExchangeEvent.BlocksReceived _,ExchangeEvent.BlockRetrieved _,ExchangeEvent.BlocksDelivered _,ExchangeEvent.ClaimsSettled _,ExchangeEvent.FetchFailed _,ExchangeEvent.AccountReceived _,ExchangeEvent.LimitMet _ -> {
                // About what peers do, not about who they are.
            }
        }
    }

    /** Makes its limits known. */
    void register(LimitRegister register) {
        register.register(LimitName.DEPARTED_PEERS, departed.max(), () -> counted(departed::size));
        register.register(LimitName.REFUSED_CONNECTIONS, refused.max(), () -> counted(refused::size));
    }

    private synchronized int counted(IntSupplier size) {
        return size.getAsInt();
    }

    /** A peer's first connection stands. */
    synchronized void began(long session, ConnectedPeer info) {
        sessions.computeIfAbsent(info.peer(), _ -> new ArrayDeque<>()).add(new Session(session, info));
        revision.changed();
    }

    /** Something is known of a session's peer that was not. */
    synchronized void update(PeerId peer, long session, UnaryOperator<ConnectedPeer> change) {
        var queue = sessions.getOrDefault(peer, new ArrayDeque<>());
        queue.stream().filter(one -> one.number == session).forEach(one -> one.info = change.apply(one.info));
        revision.changed();
    }

    /** We are closing the connections of a session: it is not one to count on any more. */
    synchronized void ending(PeerId peer, long session) {
        var queue = sessions.getOrDefault(peer, new ArrayDeque<>());
        queue.stream().filter(one -> one.number == session).forEach(one -> one.ending = true);
    }

    /**
     * The engine has handled the end of a session. If it still stands here, the peer was never let in.
     *
     * @param at
     *            when it ended
     * @param reason
     *            why
     */
    void ended(PeerId peer, long session, Instant at, RefusalReason reason) {
        // Not under the lock: whoever waits for the join goes on here.
        neverJoined(peer, session, at, reason).forEach(join -> join.completeExceptionally(
                new ConnectFailed(JOIN, reason.text(), peer + " was not let in", null)));
    }

    private synchronized List<CompletableFuture<Void>> neverJoined(PeerId peer, long session, Instant at,
            RefusalReason reason) {
        var joins = new ArrayList<CompletableFuture<Void>>();
        var queue = sessions.getOrDefault(peer, new ArrayDeque<>());
        for (Iterator<Session> each = queue.iterator(); each.hasNext();) {
            var one = each.next();
            if (one.number == session) {
                each.remove();
                joins.add(one.join);
                refused(new RefusedConnection(at, one.info.address(), one.info.direction(), JOIN, reason,
                        "peer " + peer + " was not let in"));
            }
        }
        dropIfEmpty(peer);
        revision.changed();
        return joins;
    }

    /** A connection ended before it had a session. */
    synchronized void refused(RefusedConnection connection) {
        if (refused.add(connection)) {
            forgotten.accept(LimitName.REFUSED_CONNECTIONS);
        }
        revision.changed();
    }

    /**
     * Completes when the engine has let the peer in, in the session that began last; fails with {@link ConnectFailed}, which
     * says why it was not. Absent without a connection, and while we are closing that of a peer which had joined.
     */
    synchronized Optional<CompletableFuture<Void>> join(PeerId peer) {
        return Optional.ofNullable(sessions.get(peer)).map(Deque::getLast)
                .filter(session -> !(session.ending && session.hasJoined())).map(session -> session.join);
    }

    /** The peer that has joined over a connection that we dialled at this address. */
    synchronized Optional<PeerId> joinedAt(Multiaddr address) {
        return sessions.values().stream().map(Deque::getFirst)
                .filter(one -> one.isOpen() && one.info.direction() == Direction.OUTBOUND
                        && one.info.address().equals(address))
                .map(one -> one.info.peer()).findFirst();
    }

    /** Whether the engine has let the peer in and a connection is open that nobody is closing. */
    synchronized boolean isJoined(PeerId peer) {
        var session = first(peer);
        return session != null && session.isOpen();
    }

    private void joined(PeerId peer) {
        var session = firstSession(peer);
        if (session != null) {
            session.join.complete(null);
        }
    }

    private synchronized @Nullable Session firstSession(PeerId peer) {
        return first(peer);
    }

    private synchronized void left(PeerLeft left) {
        var queue = sessions.get(left.peer());
        if (queue == null) {
            return;
        }
        var info = queue.removeFirst().info;
        dropIfEmpty(left.peer());
        if (departed.add(new DepartedPeer(info.peer(), info.address(), info.direction(), info.agent(),
                info.protocols(), info.connectedAt(), left.at(), left.reason(), left.counters(),
                left.lastExchangeAt()))) {
            forgotten.accept(LimitName.DEPARTED_PEERS);
        }
        revision.changed();
    }

    private @Nullable Session first(PeerId peer) {
        var queue = sessions.get(peer);
        return queue == null ? null : queue.getFirst();
    }

    private void dropIfEmpty(PeerId peer) {
        var queue = sessions.get(peer);
        if (queue != null && queue.isEmpty()) {
            sessions.remove(peer);
        }
    }

    /** The time between a peer's first connection and its leave. */
    private static final class Session {

        final long number;
        final CompletableFuture<Void> join = new CompletableFuture<>();
        ConnectedPeer info;
        /** We are closing its connections. */
        boolean ending;

        Session(long number, ConnectedPeer info) {
            this.number = number;
            this.info = info;
        }

        boolean hasJoined() {
            return join.isDone() && !join.isCompletedExceptionally();
        }

        boolean isOpen() {
            return hasJoined() && info.connections() > 0 && !ending;
        }
    }
}
