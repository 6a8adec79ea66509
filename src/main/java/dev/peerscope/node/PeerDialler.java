package dev.peerscope.node;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.DialFailed;
import dev.peerscope.transport.DialStep;
import dev.peerscope.transport.RefusalKind;

/** Dials peers, and waits until they have joined. */
final class PeerDialler {

    private static final String JOIN = "join";
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Dialling dialling;
    private final PeerId self;
    private final PeerDirectory directory;
    private final Duration timeout;
    private final Set<CompletableFuture<Connected>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /** How a connection is made. */
    @FunctionalInterface
    interface Dialling {

        /** As {@link dev.peerscope.transport.Libp2pHost#dial(Multiaddr, Optional, Consumer)}. */
        CompletableFuture<Connection> dial(Multiaddr address, Optional<PeerId> expected, Consumer<DialStep> reached);
    }

    PeerDialler(Dialling dialling, PeerId self, PeerDirectory directory, Duration timeout) {
        this.dialling = dialling;
        this.self = self;
        this.directory = directory;
        this.timeout = timeout;
    }

    /** As the other one, within the time that a dial may take. */
    CompletableFuture<Connected> connect(PeerAddress address) {
        return connect(address, timeout);
    }

    /**
     * Fails with {@link ConnectFailed}, {@link DiallingOurselves}, {@link LimitMetException} or {@link NodeNotRunning}.
     */
    CompletableFuture<Connected> connect(PeerAddress address, Duration patience) {
        if (address.expected().filter(self::equals).isPresent()) {
            return CompletableFuture.failedFuture(new DiallingOurselves(address));
        }
        var already = address.expected().filter(directory::isJoined).or(() -> joinedAt(address));
        if (already.isPresent()) {
            return CompletableFuture.completedFuture(new Connected(already.get(), true));
        }
        var step = new AtomicReference<>(DialStep.CONNECT.text());
        var dialled = dial(address, step);
        var connected = dialled.thenCompose(connection -> {
            step.set(JOIN);
            return whenJoined(connection);
        });
        underWay.add(connected);
        Background.whenDone(connected, "the end of a dial", (_, _) -> underWay.remove(connected));
        if (stopping) {
            stop();
        }
        return connected.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).exceptionallyCompose(failure -> {
            if (failure instanceof TimeoutException) {
                // Nobody waits for it any more, whether it stands already or comes late; others with the peer are not touched.
                Background.whenDone(dialled, "closing a connection that came late", (late, _) -> {
                    if (late != null) {
                        late.close(new CloseReason(CloseReason.Kind.LOCAL_CLOSE, "the dial took longer than it may"));
                    }
                });
            }
            return CompletableFuture.failedFuture(explain(address, failure, step.get(), patience));
        });
    }

    /** Ends the dials that are under way with {@link NodeNotRunning}. */
    void stop() {
        stopping = true;
        underWay.forEach(dial -> dial.completeExceptionally(new NodeNotRunning("the node is stopping")));
    }

    /** A dial that cannot even begin fails like any other. */
    private CompletableFuture<Connection> dial(PeerAddress address, AtomicReference<String> step) {
        try {
            return dialling.dial(address.address(), address.expected(), reached -> step.set(reached.text()));
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Dialling an address again does not make a second connection, unless another peer is expected there. */
    private Optional<PeerId> joinedAt(PeerAddress address) {
        return address.expected().isPresent() ? Optional.empty() : directory.joinedAt(address.address());
    }

    private CompletableFuture<Connected> whenJoined(Connection connection) {
        var peer = connection.remotePeer();
        boolean already = directory.isJoined(peer) && directory.connected(peer).stream()
                .anyMatch(info -> info.connections() > 1);
        return directory.join(peer)
                .map(joined -> joined.thenApply(_ -> new Connected(peer, already)))
                .orElseGet(() -> CompletableFuture.failedFuture(endedAlready(connection)));
    }

    /** Everything may be over before we come to look: the directory remembers how. */
    private ConnectFailed endedAlready(Connection connection) {
        return directory.notLetIn(connection.remoteAddress(), connection.connectedAt())
                .map(refused -> new ConnectFailed(JOIN, refused.reason().text(), refused.detail(), null))
                .orElseGet(() -> new ConnectFailed(JOIN, RefusalKind.CONNECTION_LOST.text(),
                        "the connection to " + connection.remotePeer() + " ended", null));
    }

    /** What a future failed with, out of the wrapping that passing it on has put around it. */
    static Throwable unwrap(Throwable failure) {
        var cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    /** A remote's bounds show in other ways: this is ours, on all connections before there is one, on those with one peer after it. */
    private static LimitMetException overLimit(DialFailed dial) {
        return new LimitMetException(
                dial.step() == DialStep.CONNECT ? LimitName.CONNECTIONS : LimitName.PEER_CONNECTIONS,
                dial.reason() + "; disconnect a peer first");
    }

    private Exception explain(PeerAddress address, Throwable failure, String step, Duration patience) {
        var cause = unwrap(failure);
        return switch (cause) {
            case DialFailed dial when dial.kind() == RefusalKind.OURSELVES -> new DiallingOurselves(address);
            case DialFailed dial when dial.kind() == RefusalKind.LIMIT_MET -> overLimit(dial);
            case DialFailed dial -> new ConnectFailed(dial.step().text(), dial.kind().text(), dial.reason(), dial);
            case ConnectFailed known -> known;
            case NodeNotRunning notRunning -> notRunning;
            case TimeoutException _ -> new ConnectFailed(step, RefusalKind.TIMEOUT.text(),
                    address + " did not join within " + patience.toMillis() / MILLIS_PER_SECOND + " s", cause);
            default -> new ConnectFailed(step, "failed", String.valueOf(cause.getMessage()), cause);
        };
    }
}
