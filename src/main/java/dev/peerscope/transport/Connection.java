package dev.peerscope.transport;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

import dev.peerscope.peer.Direction;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;

/** A secured, multiplexed connection to a peer whose identity is proven. Safe for use by any thread. */
public interface Connection {

    /** Unique within the host, growing. */
    long id();

    /** Who is at the other end. */
    PeerId remotePeer();

    /** The address dialled, or the socket's remote address; without a peer id. */
    Multiaddr remoteAddress();

    /** Who dialled. */
    Direction direction();

    /** When it was upgraded. */
    Instant connectedAt();

    /** Protocol of its multiplexer, such as {@code /mplex/6.7.0}. */
    String muxer();

    /** Kind of the remote's identity key: {@code secp256k1}, {@code ed25519}, {@code ecdsa} or {@code rsa}. */
    String remoteKeyType();

    /**
     * Opens a stream and negotiates the protocol on it.
     *
     * @return completes on the event loop when the remote has agreed; set the stream's handler in a stage that is not
     *         asynchronous and nothing is missed. Fails with {@link StreamRefused} if the remote does not speak the
     *         protocol, resets the stream, takes longer than it may, or no stream can be opened
     */
    CompletableFuture<Stream> openStream(String protocolId);

    /** Stops reading from the socket, so that TCP pushes back; what was read already is still delivered. */
    void pauseReading();

    /** Undoes {@link #pauseReading()}. */
    void resumeReading();

    /** Whether reading is paused: what the remote says meanwhile is not heard. */
    boolean isReadingPaused();

    /** Runs a short task on the connection's event loop, also after the connection has ended. */
    void execute(Runnable task);

    /**
     * Tells how the bytes change that wait on its streams and for its socket, until its end, on its event loop; what waits when this is called
     * is told first. To be called from {@link ConnectionListener#connected}.
     */
    void tellWaiting(LongConsumer change);

    /** Ends it for this reason; does nothing if it has ended. */
    void close(CloseReason reason);
}
