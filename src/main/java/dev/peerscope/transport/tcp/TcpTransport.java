package dev.peerscope.transport.tcp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.IpNetwork;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.ConnectionListener;
import dev.peerscope.transport.DialFailed;
import dev.peerscope.transport.DialStep;
import dev.peerscope.transport.HostSettings;
import dev.peerscope.transport.RefusalKind;
import dev.peerscope.transport.RefusedConnection;
import dev.peerscope.transport.StreamAcceptor;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.mux.MuxerFactory;

/** Listens and dials: makes sockets, and gives each to an {@link UpgradeHandler}. */
public final class TcpTransport implements AutoCloseable {

    /** Time in which sockets close, beyond that of a farewell, and then time in which the event loops end. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(250);

    private final HostContext host;
    private final ByteBufAllocator allocator;
    private final EventLoopGroup eventLoops;
    private final List<Channel> listeners = new ArrayList<>();
    private final ChannelGroup sockets = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile boolean closed;

    /**
     * Neither listens nor dials yet.
     *
     * @param muxers
     *            the preferred one first
     * @param acceptors
     *            by protocol id
     */
    public TcpTransport(HostSettings settings, IdentityKey identity, ConnectionListener listener,
            List<MuxerFactory> muxers, Map<String, StreamAcceptor> acceptors, Pinger pinger,
            ByteBufAllocator allocator) {
        var byId = new LinkedHashMap<String, MuxerFactory>();
        muxers.forEach(muxer -> byId.put(muxer.protocolId(), muxer));
        var limits = settings.limits();
        this.host = new HostContext(settings, identity, listener, byId, acceptors, pinger,
                new ConnectionTable(limits.connections(), listener::standing, System::nanoTime),
                new InboundHandshakes(limits.connections().inboundHandshakes()), new AtomicLong(),
                ConcurrentHashMap.newKeySet());
        this.allocator = allocator;
        this.eventLoops = new MultiThreadIoEventLoopGroup(limits.eventLoops(),
                new DefaultThreadFactory("libp2p", true), NioIoHandler.newFactory());
    }

    /**
     * Binds every listen address.
     *
     * @return the addresses at which we can be reached
     * @throws ListenFailed
     *             if one cannot be bound; then none is
     */
    public List<Multiaddr> start() {
        var reachable = new ArrayList<Multiaddr>();
        for (var address : host.settings().listenAddresses()) {
            try {
                var channel = bind(address);
                listeners.add(channel);
                reachable.addAll(LocalAddresses.of(address, (InetSocketAddress) channel.localAddress()));
            } catch (RuntimeException e) {
                close();
                throw new ListenFailed(address, e);
            }
        }
        return reachable;
    }

    /** Dials, and tells each step when it begins; fails with {@link DialFailed}. */
    public CompletableFuture<Connection> dial(Multiaddr address, Optional<PeerId> expected,
            Consumer<DialStep> reached) {
        var refusal = refusalBeforeDial(address, expected);
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(refusal.get());
        }
        var target = address.withoutPeerId();
        var wanted = address.peerId().or(() -> expected);
        var result = new CompletableFuture<Connection>();
        var slot = host.table().reserve();
        if (slot.isEmpty()) {
            refuse(host.table().full(Direction.OUTBOUND), target, Direction.OUTBOUND, result);
            return result;
        }
        var request = new UpgradeRequest(Direction.OUTBOUND, target, wanted, slot.get(), reached, result);
        reached.accept(DialStep.CONNECT);
        var _ = AddressResolution.resolve(target, host.settings().timeouts().connect())
                .whenComplete((socketAddress, failure) -> orUnreachable(request, () -> {
                    if (failure != null) {
                        unreachable(request, failure);
                    } else if (closed) {
                        request.slot().release();
                        refuse(target, Direction.OUTBOUND, RefusalKind.HOST_STOPPED, "the host is closed", null,
                                result);
                    } else {
                        connect(socketAddress, request);
                    }
                }));
        return result;
    }

    /** Whoever waits for the dial is told of a failure in a callback, which nobody else would be. */
    private void orUnreachable(UpgradeRequest request, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            unreachable(request, e);
        }
    }

    /** Closes the listeners, then the connections, and waits a little for what they still have to say. */
    @Override
    public void close() {
        closed = true;
        listeners.forEach(listener -> listener.close().awaitUninterruptibly());
        sockets.forEach(socket -> socket.pipeline().fireUserEventTriggered(HostStopped.EVENT));
        var farewell = host.settings().timeouts().farewell().plus(CLOSE_TIMEOUT);
        sockets.newCloseFuture().awaitUninterruptibly(farewell.toMillis(), TimeUnit.MILLISECONDS);
        eventLoops.shutdownGracefully(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Connections that there are. */
    public long connections() {
        return host.table().taken();
    }

    /** Connections with the peer that has most. */
    public long connectionsWithOnePeer() {
        return host.table().mostWithOnePeer();
    }

    /** Connections that came in from the address that has most of those with a share. */
    public long connectionsFromOneAddress() {
        return host.table().mostFromOneAddress();
    }

    /** Sockets that came in and have not shown yet whose they are. */
    public long inboundHandshakes() {
        return host.handshakes().underWay();
    }

    /** Streams that the other side of one connection has open, where it has most. */
    public long mostInboundStreams() {
        return most(NettyConnection::inboundStreams);
    }

    /** Bytes that wait on the stream on which most wait. */
    public long mostStreamBytes() {
        return most(NettyConnection::mostStreamBytes);
    }

    /** Bytes that wait for the socket for which most wait. */
    public long mostSocketBytes() {
        return most(NettyConnection::socketBytes);
    }

    private long most(ToLongFunction<NettyConnection> use) {
        return host.connections().stream().mapToLong(use).max().orElse(0);
    }

    private Channel bind(Multiaddr address) {
        var bootstrap = new ServerBootstrap().group(eventLoops).channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true).childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true).childOption(ChannelOption.ALLOCATOR, allocator)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                });
        var bound = bootstrap.bind(address.host().orElseThrow(), address.tcpPort().orElseThrow())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IllegalStateException(bound.cause());
        }
        return bound.channel();
    }

    private void accept(Channel channel) {
        var socketAddress = (InetSocketAddress) channel.remoteAddress();
        if (socketAddress == null) {
            // Gone before it was accepted.
            var _ = channel.close();
            return;
        }
        var remote = Multiaddr.ofTcp(socketAddress);
        var result = new CompletableFuture<Connection>();
        var from = socketAddress.getAddress();
        var noRoom = host.table().noRoomFor(from);
        if (noRoom.isPresent()) {
            // What the end of a handshake would say as well, without its cost.
            var _ = channel.close();
            refuse(noRoom.get(), remote, Direction.INBOUND, result);
            return;
        }
        Consumer<NoRoom> leave = why -> channel.pipeline().fireUserEventTriggered(why);
        var handshake = host.handshakes().begin(IpNetwork.ofSubscriber(from),
                () -> leave.accept(InboundHandshakes.CROWDED_OUT));
        upgrade(channel, new UpgradeRequest(Direction.INBOUND, remote, Optional.empty(),
                host.table().inbound(from, handshake, leave), step -> {}, result));
    }

    private void connect(InetSocketAddress socketAddress, UpgradeRequest request) {
        long limit = host.settings().timeouts().connect().toMillis();
        ChannelFutureListener done = connected -> {
            if (!connected.isSuccess() && !request.result().isDone()) {
                unreachable(request, connected.cause());
            }
        };
        var _ = new Bootstrap().group(eventLoops).channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true).option(ChannelOption.ALLOCATOR, allocator)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(limit))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        // Before it is connected: the remote may say something, or close, at once.
                        upgrade(channel, request);
                    }
                }).connect(socketAddress).addListener(done);
    }

    /** On the channel's event loop. */
    private void upgrade(Channel channel, UpgradeRequest request) {
        sockets.add(channel);
        channel.closeFuture().addListener(closing -> request.slot().release());
        channel.pipeline().addLast("upgrade", new UpgradeHandler(host, request));
        if (closed) {
            channel.pipeline().fireUserEventTriggered(HostStopped.EVENT);
        }
    }

    private Optional<DialFailed> refusalBeforeDial(Multiaddr address, Optional<PeerId> expected) {
        var named = address.peerId();
        if (closed) {
            return failure(DialStep.CONNECT, RefusalKind.HOST_STOPPED, "the host is closed");
        }
        if (!address.isPlainTcp()) {
            return failure(DialStep.CONNECT, RefusalKind.UNREACHABLE,
                    "only /ip4, /ip6 or /dns… with /tcp can be dialled, not " + address);
        }
        if (named.isPresent() && expected.isPresent() && !named.equals(expected)) {
            return failure(DialStep.IDENTITY, RefusalKind.WRONG_PEER,
                    address + " names another peer than " + expected.get());
        }
        if (named.or(() -> expected).filter(host.identity().peerId()::equals).isPresent()) {
            return failure(DialStep.IDENTITY, RefusalKind.OURSELVES, "the peer to dial is ourselves");
        }
        return Optional.empty();
    }

    private static Optional<DialFailed> failure(DialStep step, RefusalKind kind, String reason) {
        return Optional.of(new DialFailed(step, kind, reason, null));
    }

    private void unreachable(UpgradeRequest request, Throwable failure) {
        request.slot().release();
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean late = cause instanceof TimeoutException || cause instanceof ConnectTimeoutException;
        refuse(request.remoteAddress(), request.direction(), late ? RefusalKind.TIMEOUT : RefusalKind.UNREACHABLE,
                late ? "no connection within " + host.settings().timeouts().connect()
                        : "no connection: " + cause.getMessage(),
                cause,
                request.result());
    }

    private void refuse(NoRoom noRoom, Multiaddr remote, Direction direction, CompletableFuture<Connection> result) {
        host.listener().limitMet(noRoom.met());
        refuse(remote, direction, noRoom.kind(), noRoom.reason(), null, result);
    }

    private void refuse(Multiaddr remote, Direction direction, RefusalKind kind, String reason,
            @Nullable Throwable cause, CompletableFuture<Connection> result) {
        host.listener()
                .refused(new RefusedConnection(Instant.now(), remote, direction, DialStep.CONNECT, kind, reason));
        result.completeExceptionally(new DialFailed(DialStep.CONNECT, kind, reason, cause));
    }

    private WriteBufferWaterMark waterMark() {
        int high = host.settings().limits().outboundBytesMax();
        return new WriteBufferWaterMark(high / 2, high);
    }
}
