package dev.peerscope.transport;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.mux.MuxerFactory;
import dev.peerscope.transport.mux.mplex.MplexMuxerFactory;
import dev.peerscope.transport.mux.yamux.YamuxMuxerFactory;
import dev.peerscope.transport.tcp.TcpTransport;

/** A libp2p host: listens, dials, upgrades connections, and dispatches streams to the handlers of their protocols. */
public final class Libp2pHost implements AutoCloseable {

    private final HostSettings settings;
    private final IdentityKey identity;
    private final ConnectionListener listener;
    private final ByteBufAllocator allocator;
    private final Map<String, StreamAcceptor> acceptors = new LinkedHashMap<>();
    private @Nullable TcpTransport transport;

    /**
     * Neither listens nor dials yet.
     *
     * @param listener
     *            told about connections from {@link #start()} on
     */
    public Libp2pHost(HostSettings settings, IdentityKey identity, ConnectionListener listener) {
        this(settings, identity, listener, ByteBufAllocator.DEFAULT);
    }

    Libp2pHost(HostSettings settings, IdentityKey identity, ConnectionListener listener, ByteBufAllocator allocator) {
        this.settings = settings;
        this.identity = identity;
        this.listener = listener;
        this.allocator = allocator;
    }

    /** Takes streams of this protocol; to be called before {@link #start()}. */
    public synchronized void handle(String protocolId, StreamAcceptor acceptor) {
        if (transport != null) {
            throw new IllegalStateException("protocols are registered before the host starts");
        }
        acceptors.put(protocolId, acceptor);
    }

    /**
     * Binds every listen address.
     *
     * @return the addresses at which we can be reached: real ports, and for a wildcard those of every interface
     * @throws dev.peerscope.transport.tcp.ListenFailed
     *             if one cannot be bound; then none is
     */
    public synchronized List<Multiaddr> start() {
        if (transport != null) {
            throw new IllegalStateException("a host starts once");
        }
        var muxers = settings.muxers().stream().map(Libp2pHost::muxer).toList();
        transport = new TcpTransport(settings, identity, listener, muxers, acceptors, connection -> {}, allocator);
        return transport.start();
    }

    /**
     * Dials a {@code /ip4|ip6|dns…/…/tcp/…[/p2p/…]}.
     *
     * @param expected
     *            the peer that must answer, if the address does not say; empty accepts anyone
     * @return the connection; fails with {@link DialFailed}
     */
    public CompletableFuture<Connection> dial(Multiaddr address, Optional<PeerId> expected) {
        return started().dial(address, expected);
    }

    /** Closes the listeners, then the connections, each with {@link CloseReason.Kind#HOST_STOPPED}. */
    @Override
    public synchronized void close() {
        if (transport != null) {
            transport.close();
        }
    }

    private synchronized TcpTransport started() {
        if (transport == null) {
            throw new IllegalStateException("the host has not been started");
        }
        return transport;
    }

    private static MuxerFactory muxer(String name) {
        return switch (name) {
            case "yamux" -> new YamuxMuxerFactory();
            case "mplex" -> new MplexMuxerFactory();
            default -> throw new IllegalArgumentException("muxer '" + name + "' is neither yamux nor mplex");
        };
    }
}
