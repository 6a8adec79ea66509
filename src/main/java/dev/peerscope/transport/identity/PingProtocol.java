package dev.peerscope.transport.identity;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

import dev.peerscope.transport.Connection;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;

/**
 * libp2p's ping: whoever opens a stream sends 32 random bytes and gets them back.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/ping/ping.md">ping</a>
 */
public final class PingProtocol {

    /** As it is negotiated. */
    public static final String PROTOCOL_ID = "/ipfs/ping/1.0.0";

    private final Duration timeout;
    private final Map<Connection, CompletableFuture<Duration>> underWay = new ConcurrentHashMap<>();

    /**
     * @param timeout
     *            for the answer, once the stream is open
     */
    public PingProtocol(Duration timeout) {
        this.timeout = timeout;
    }

    /** Takes a stream of a remote that pings: sends back what comes. */
    public StreamHandler answer(Stream stream) {
        return new PingAnswering();
    }

    /**
     * Pings once. While a ping of this connection is under way, that one is returned: a peer may hold us to one stream.
     *
     * @return the time there and back; fails with a {@link dev.peerscope.transport.StreamRefused} if the remote does not
     *         speak the protocol, with a {@link PingFailed} if it does not answer in time or not with the same bytes
     */
    public CompletableFuture<Duration> ping(Connection connection) {
        var ping = new CompletableFuture<Duration>();
        var earlier = underWay.putIfAbsent(connection, ping);
        if (earlier != null) {
            return earlier;
        }
        var _ = ping.whenComplete((time, failure) -> underWay.remove(connection, ping));
        var _ = connection.openStream(PROTOCOL_ID).thenAccept(stream -> Pinging.begin(stream, timeout, ping))
                .exceptionally(failure -> {
                    var cause = failure.getCause();
                    ping.completeExceptionally(
                            failure instanceof CompletionException && cause != null ? cause : failure);
                    return null;
                });
        return ping;
    }
}
