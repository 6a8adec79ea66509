package dev.peerscope.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.netty.buffer.UnpooledByteBufAllocator;
import dev.peerscope.Patience;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.limit.LimitUse;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;
import dev.peerscope.transport.identity.PingProtocol;

/** A host on a loopback port, which records what it hears and, when it is closed, wants every buffer back. */
public final class TestHost implements AutoCloseable {

    /** With time for every step of it and for its end, however slow the machine is. */
    public static final TransportTimeouts PATIENT = new TransportTimeouts(Patience.LONG, Patience.LONG, Patience.LONG,
            Patience.LONG, TransportTimeouts.DEFAULT.pingSilence(), Patience.LONG, Patience.LONG, Patience.LONG);

    public static final String ECHO = "/test/echo/1.0.0";
    public static final String BROKEN = "/test/broken/1.0.0";

    public static final String CODEX = "/codex/blockexc/1.0.0";

    /** What comes on streams of {@link #CODEX} that a remote opens. */
    public final Collector codex = new Collector();
    /** Pings that were answered. */
    public final AtomicInteger pings = new AtomicInteger();
    public final RecordingListener heard = new RecordingListener();
    public final IdentityKey identity;
    public final Multiaddr address;
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final Libp2pHost host;
    private final LimitRegister limits = new LimitRegister();

    public TestHost() {
        this(IdentityKey.generate(KeyType.SECP256K1), UnaryOperator.identity());
    }

    public TestHost(UnaryOperator<HostSettings> change) {
        this(IdentityKey.generate(KeyType.SECP256K1), change);
    }

    public TestHost(IdentityKey identity, UnaryOperator<HostSettings> change) {
        this.identity = identity;
        var settings = change.apply(patient());
        this.host = new Libp2pHost(settings, identity, heard, allocator);
        host.register(limits);
        host.handle(ECHO, stream -> new Echo());
        host.handle(CODEX, stream -> codex);
        host.handle(PingProtocol.PROTOCOL_ID, stream -> {
            pings.incrementAndGet();
            return new PingProtocol(Duration.ZERO).answer(stream);
        });
        host.handle(BROKEN, stream -> {
            throw new IllegalStateException("this handler always fails");
        });
        this.address = host.start().getFirst();
    }

    /** Listens on a loopback port and takes its time. */
    public static HostSettings patient() {
        var settings = HostSettings.listeningOn(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"));
        return timeouts(PATIENT).apply(settings);
    }

    public static UnaryOperator<HostSettings> muxers(String... names) {
        return settings -> new HostSettings(settings.listenAddresses(), List.of(names), settings.limits(),
                settings.timeouts(), settings.earlyMuxerNegotiation(), settings.agent());
    }

    public static HostSettings offeringMuxersEarly(HostSettings settings) {
        return new HostSettings(settings.listenAddresses(), settings.muxers(), settings.limits(), settings.timeouts(),
                true, settings.agent());
    }

    public static UnaryOperator<HostSettings> connections(int max, int perPeerMax) {
        return settings -> settings.withLimits(settings.limits().withEventLoops(1).withOutboundBytesMax(1 << 20)
                .withConnections(ConnectionBounds.DEFAULT.withMax(max).withPerPeer(perPeerMax)
                        .withInboundHandshakes(8)));
    }

    public static UnaryOperator<HostSettings> timeouts(TransportTimeouts timeouts) {
        return settings -> new HostSettings(settings.listenAddresses(), settings.muxers(), settings.limits(), timeouts,
                settings.earlyMuxerNegotiation(), settings.agent());
    }

    /** Every step, and every kind of silence, may take this long. */
    public static UnaryOperator<HostSettings> everyTimeout(Duration time) {
        return timeouts(new TransportTimeouts(time, time, time, time, time, time, time, time));
    }

    public PeerId peerId() {
        return identity.peerId();
    }

    public Libp2pHost host() {
        return host;
    }

    /** A bound and its present use. */
    public LimitUse use(LimitName limit) {
        return limits.use(limit);
    }

    public Connection dial(TestHost other) {
        return host.dial(other.address, Optional.of(other.peerId())).join();
    }

    public CompletableFuture<Connection> dial(Multiaddr target, Optional<PeerId> expected) {
        return host.dial(target, expected);
    }

    /** Opens a stream whose handler hears everything. */
    public static Stream open(Connection connection, String protocol, StreamHandler handler) {
        return connection.openStream(protocol).thenApply(stream -> {
            stream.setHandler(handler);
            return stream;
        }).join();
    }

    @Override
    public void close() {
        host.close();
        await().untilAsserted(() -> assertThat(allocator.metric().usedHeapMemory())
                .as("bytes of buffers that nobody has given back").isZero());
    }
}
