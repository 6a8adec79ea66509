package dev.peerscope.transport.identity;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.IdentifyInfo;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamAcceptor;
import dev.peerscope.transport.StreamHandler;
import dev.peerscope.transport.StreamRefused;

/**
 * libp2p's identify: each side asks the other who it is, answers that itself, and hears of changes.
 *
 * <p>A remote that does not speak it, or does not answer, stays unknown and costs nothing. One that answers nonsense, or
 * with another peer's key, loses the connection; so does one that says more than the bounds allow.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/identify/README.md">identify</a>
 */
public final class IdentifyProtocol {

    /** On streams of this protocol the side that did not open them says who it is. */
    public static final String PROTOCOL_ID = "/ipfs/id/1.0.0";

    /** On streams of this one the side that opened them does. */
    public static final String PUSH_PROTOCOL_ID = "/ipfs/id/push/1.0.0";

    /** Bytes of one text that a remote may say, such as the name of its software. */
    public static final int TEXT_LENGTH_MAX = IdentifyMessage.TEXT_MAX;

    private static final Logger LOG = LoggerFactory.getLogger(IdentifyProtocol.class);

    private final OwnIdentity own;
    private final Duration timeout;
    private final BiConsumer<Connection, IdentifyInfo> identified;
    private final Runnable saidTooMuch;
    private final Map<Connection, IdentifyInfo> known = new ConcurrentHashMap<>();

    /**
     * @param protocols
     *            that the host takes streams of, now
     * @param listenAddresses
     *            at which the host can be dialled, now
     * @param timeout
     *            after which a stream that is not done is reset
     * @param identified
     *            told on the connection's event loop what a remote says, whenever it says something
     * @param saidTooMuch
     *            told there when a remote says more than the bounds allow
     */
    public IdentifyProtocol(IdentityKey key, String agent, Supplier<List<String>> protocols,
            Supplier<List<Multiaddr>> listenAddresses, InstantSource clock, Duration timeout,
            BiConsumer<Connection, IdentifyInfo> identified, Runnable saidTooMuch) {
        this.own = new OwnIdentity(key, agent, protocols, listenAddresses, clock);
        this.timeout = timeout;
        this.identified = identified;
        this.saidTooMuch = saidTooMuch;
    }

    /** Takes a stream of {@link #PROTOCOL_ID}: says who we are. */
    public StreamHandler answer(Stream stream) {
        return tell(stream);
    }

    /** Takes a stream of {@link #PUSH_PROTOCOL_ID}: hears what has changed. */
    public StreamHandler hear(Stream stream) {
        return read(stream);
    }

    /** Asks the remote of a new connection. */
    public void ask(Connection connection) {
        open(connection, PROTOCOL_ID, this::read);
    }

    /** Tells the remote that something about us has changed. */
    public void push(Connection connection) {
        open(connection, PUSH_PROTOCOL_ID, this::tell);
    }

    /** The connection has ended. */
    public void forget(Connection connection) {
        known.remove(connection);
    }

    private static void open(Connection connection, String protocolId, StreamAcceptor acceptor) {
        var _ = connection.openStream(protocolId).thenAccept(stream -> stream.setHandler(acceptor.accept(stream)))
                .exceptionally(failure -> {
                    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    if (cause instanceof StreamRefused) {
                        LOG.debug("identify did not run: peer={} protocol={} reason={}",
                                connection.remotePeer().shortText(), protocolId, cause.getMessage());
                    } else {
                        LOG.error("identify failed unexpectedly: peer={} protocol={}",
                                connection.remotePeer().shortText(), protocolId, cause);
                    }
                    return null;
                });
    }

    private StreamHandler tell(Stream stream) {
        return IdentifyTelling.tell(stream, own.toldTo(stream.connection().remoteAddress()), timeout);
    }

    private StreamHandler read(Stream stream) {
        var before = Optional.ofNullable(known.get(stream.connection()));
        return new IdentifyReading(stream, timeout, new IdentifyReading.Listener() {
            @Override
            public void said(IdentifyMessage sum) throws UnusableIdentify {
                update(stream.connection(), before, sum);
            }

            @Override
            public void saidTooMuch() {
                saidTooMuch.run();
            }
        });
    }

    private void update(Connection connection, Optional<IdentifyInfo> before, IdentifyMessage sum)
            throws UnusableIdentify {
        var info = RemoteIdentity.update(before, sum, connection.remotePeer());
        known.put(connection, info);
        identified.accept(connection, info);
    }
}
