package dev.peerscope.transport;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.identity.IdentifyProtocol;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.PingProtocol;
import dev.peerscope.transport.mux.MuxerFactory;
import dev.peerscope.transport.mux.mplex.MplexMuxerFactory;
import dev.peerscope.transport.mux.yamux.YamuxMuxerFactory;
import dev.peerscope.transport.tcp.TcpTransport;

/**
 * A libp2p host: listens, dials, upgrades connections, and dispatches streams to the handlers of their protocols.
 *
 * <p>Identify runs on every connection and ping on every silent one without being asked for.
 */
public final class Libp2pHost implements AutoCloseable {

    private final HostSettings settings;
    private final IdentityKey identity;
    private final ConnectionListener listener;
    private final ByteBufAllocator allocator;
    private final Map<String, StreamAcceptor> acceptors = new ConcurrentHashMap<>();
    private final IdentifyProtocol identify;
    private final PingProtocol ping;
    private volatile List<Multiaddr> reachable = List.of();
    private volatile @Nullable TcpTransport transport;

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
        var timeouts = settings.timeouts();
        this.identify = new IdentifyProtocol(identity, settings.agent(), this::protocols, () -> reachable,
                InstantSource.system(), timeouts.stream(), listener::identified,
                () -> listener.limitMet(LimitName.AGENT_LENGTH));
        this.ping = new PingProtocol(timeouts.pingAnswer());
        handle(IdentifyProtocol.PROTOCOL_ID, identify::answer);
        handle(IdentifyProtocol.PUSH_PROTOCOL_ID, identify::hear);
        handle(PingProtocol.PROTOCOL_ID, ping::answer);
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
        var starting = new TcpTransport(settings, identity, new IdentifyingListener(listener, identify), muxers,
                acceptors, this::pingOnly, allocator);
        transport = starting;
        reachable = List.copyOf(starting.start());
        return reachable;
    }

    /**
     * Dials a {@code /ip4|ip6|dns…/…/tcp/…[/p2p/…]}.
     *
     * @param expected
     *            the peer that must answer, if the address does not say; empty accepts anyone
     * @return the connection; fails with {@link DialFailed}
     */
    public CompletableFuture<Connection> dial(Multiaddr address, Optional<PeerId> expected) {
        return dial(address, expected, step -> {});
    }

    /**
     * As the other one.
     *
     * @param reached
     *            told each step when it begins
     */
    public CompletableFuture<Connection> dial(Multiaddr address, Optional<PeerId> expected,
            Consumer<DialStep> reached) {
        return started().dial(address, expected, reached);
    }

    /** Closes the listeners, then the connections, each with {@link CloseReason.Kind#HOST_STOPPED}. */
    @Override
    public void close() {
        // Not under a lock: event loops, which this waits for, may be about to dial or to say what we speak.
        var running = transport;
        if (running != null) {
            running.close();
        }
    }

    /** Protocols of which streams are taken, in alphabetical order. */
    public List<String> protocols() {
        return acceptors.keySet().stream().sorted().toList();
    }

    /** Makes every limit of the host known, with its present use; of one that has not been started that is 0. */
    public void register(LimitRegister limits) {
        var own = settings.limits();
        var muxer = own.muxer();
        var connections = own.connections();
        limits.register(LimitName.CONNECTIONS, connections.max(), used(TcpTransport::connections));
        limits.register(LimitName.PEER_CONNECTIONS, connections.perPeer(), used(TcpTransport::connectionsWithOnePeer));
        limits.register(LimitName.ADDRESS_SHARE, connections.addressShare(),
                used(TcpTransport::connectionsFromOneAddress));
        limits.register(LimitName.INBOUND_HANDSHAKES, connections.inboundHandshakes(),
                used(TcpTransport::inboundHandshakes));
        limits.register(LimitName.CONNECTION_STREAMS, muxer.inboundStreamsMax(),
                used(TcpTransport::mostInboundStreams));
        limits.register(LimitName.FRAME_LENGTH, muxer.receivedFrameMax());
        limits.register(LimitName.STREAM_OUTBOUND, muxer.streamOutboundMax(),
                used(TcpTransport::mostStreamBytes));
        limits.register(LimitName.SOCKET_OUTBOUND, own.outboundBytesMax(),
                used(TcpTransport::mostSocketBytes));
        limits.register(LimitName.AGENT_LENGTH, IdentifyProtocol.TEXT_LENGTH_MAX);
    }

    private LongSupplier used(ToLongFunction<TcpTransport> use) {
        return () -> {
            var running = transport;
            return running == null ? 0 : use.applyAsLong(running);
        };
    }

    /** Whoever asks for it looks for traffic, which the answer is. */
    private void pingOnly(Connection connection) {
        var _ = ping.ping(connection);
    }

    private TcpTransport started() {
        var running = transport;
        if (running == null) {
            throw new IllegalStateException("the host has not been started");
        }
        return running;
    }

    private static MuxerFactory muxer(String name) {
        return switch (name) {
            case "yamux" -> new YamuxMuxerFactory();
            case "mplex" -> new MplexMuxerFactory();
            default -> throw new IllegalArgumentException("muxer '" + name + "' is neither yamux nor mplex");
        };
    }
}
