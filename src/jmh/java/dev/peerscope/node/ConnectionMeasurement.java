package dev.peerscope.node;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.netty.buffer.ByteBuf;
import io.netty.util.internal.PlatformDependent;
import dev.peerscope.benchmark.Measurement;
import dev.peerscope.benchmark.OwnJvm;
import dev.peerscope.benchmark.UsedHeap;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;
import dev.peerscope.store.MemoryBlockStore;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.ConnectionBounds;
import dev.peerscope.transport.ConnectionListener;
import dev.peerscope.transport.HostSettings;
import dev.peerscope.transport.IdentifyInfo;
import dev.peerscope.transport.Libp2pHost;
import dev.peerscope.transport.RefusedConnection;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;
import dev.peerscope.transport.TransportLimits;
import dev.peerscope.transport.TransportTimeouts;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;
import dev.peerscope.wire.codex.CodexDialect;

/**
 * Memory for each connection: what a node holds more, after collections, when peers have joined and identified themselves and say
 * nothing; and when it has asked each of them about a block, which opens a stream. The peers are in another process.
 */
public final class ConnectionMeasurement implements Measurement {

    private static final int PEERS = 400;
    private static final List<String> MUXERS = List.of("yamux", "mplex");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Until identify is done and what it left is garbage. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    /** Takes the measurement in a JVM of its own. */
    @Override
    public void measure(PrintStream to) throws Exception {
        OwnJvm.run(ConnectionMeasurement.class, to, "-Xmx1g", "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow");
    }

    /** Measures in this JVM. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        System.out.printf("%-6s %-28s %6s %12s %14s%n", "muxer", "each connection", "peers", "heap bytes",
                "direct bytes");
        for (String muxer : MUXERS) {
            measure(muxer, System.out);
        }
        System.exit(0);
    }

    private static void measure(String muxer, PrintStream results) throws Exception {
        var host = HostSettings.listeningOn(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))
                .withLimits(TransportLimits.DEFAULT.withConnections(ConnectionBounds.DEFAULT.withMax(2 * PEERS)));
        var node = new ExchangeNode(NodeSettings.of(host), IdentityKey.generate(KeyType.SECP256K1),
                new MemoryBlockStore(), List.of(), InstantSource.system());
        node.start();
        // Whatever a first connection loads and prepares once is there before.
        try (var warmUp = new Peers(node, muxer, PEERS)) {
            awaitJoined(node, PEERS);
        }
        awaitJoined(node, 0);
        settle();
        long heap = UsedHeap.bytes();
        long direct = direct();
        try (var peers = new Peers(node, muxer, PEERS)) {
            awaitJoined(node, PEERS);
            settle();
            row(results, muxer, "idle", UsedHeap.bytes() - heap, direct() - direct);
            var tree = Cid.v1(CodexCodec.ROOT, Multihash.sha256(new byte[]{1}));
            node.watches().create(new WantedContent.OfTree(tree, 1));
            settle();
            row(results, muxer, "asked about a block", UsedHeap.bytes() - heap, direct() - direct);
            Reference.reachabilityFence(node);
        }
        node.close();
    }

    private static void row(PrintStream results, String muxer, String what, long heap, long direct) {
        results.printf("%-6s %-28s %6d %,12d %,14d%n", muxer, what, PEERS, heap / PEERS, direct / PEERS);
    }

    private static long direct() {
        long pooled = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
        return pooled + Math.max(0, PlatformDependent.usedDirectMemory());
    }

    private static void awaitJoined(ExchangeNode node, int count) throws InterruptedException {
        await(() -> node.directory().connected().size() == count && node.directory().connected().stream()
                .allMatch(peer -> peer.agent().isPresent() && node.directory().isJoined(peer.peer())));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        var end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("the peers have not joined, or not left, within " + PATIENCE);
            }
            Thread.sleep(50);
        }
    }

    private static void settle() throws InterruptedException {
        Thread.sleep(SETTLING.toMillis());
    }

    /** Peers in a process of their own, which ends when its standard input does. */
    private static final class Peers implements AutoCloseable {

        private final Process process;

        Peers(ExchangeNode node, String muxer, int count) throws IOException {
            process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                    "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"),
                    SilentPeers.class.getName(), node.addresses().getFirst().toString(), node.peerId().toString(),
                    muxer, Integer.toString(count)).redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        }

        @Override
        public void close() throws IOException, InterruptedException {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    /** Each with an identity of its own; they take streams of the exchange and never answer. */
    static final class SilentPeers implements ConnectionListener, StreamHandler {

        /** Arguments: where to dial, whom, over which muxer, how many. */
        public static void main(String[] arguments) throws Exception {
            var silent = new SilentPeers();
            var settings = new HostSettings(List.of(), List.of(arguments[2]), TransportLimits.DEFAULT.withEventLoops(1),
                    TransportTimeouts.DEFAULT, false, "silent");
            List<Libp2pHost> hosts = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
                var host = new Libp2pHost(settings, IdentityKey.generate(KeyType.SECP256K1), silent);
                host.handle(CodexDialect.PROTOCOL_ID, _ -> silent);
                host.start();
                host.dial(Multiaddr.parse(arguments[0]), Optional.of(PeerId.parse(arguments[1]))).get();
                hosts.add(host);
            }
            while (System.in.read() >= 0) {
                // Until it is over.
            }
            Reference.reachabilityFence(hosts);
            System.exit(0);
        }

        @Override
        public void connected(Connection connection) {}

        @Override
        public void disconnected(Connection connection, CloseReason reason) {}

        @Override
        public void refused(RefusedConnection refused) {}

        @Override
        public void identified(Connection connection, IdentifyInfo info) {}

        @Override
        public void limitMet(LimitName limit) {}

        @Override
        public void received(Stream stream, ByteBuf data) {}

        @Override
        public void remoteClosed(Stream stream) {}

        @Override
        public void reset(Stream stream) {}

        @Override
        public void writabilityChanged(Stream stream) {}
    }
}
