package dev.peerscope.engine;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import dev.peerscope.benchmark.BareWalk;
import dev.peerscope.benchmark.PlainPresenceMap;
import dev.peerscope.benchmark.PresenceMessages;
import dev.peerscope.wire.MessageDecoder;
import dev.peerscope.wire.WireLimits;
import dev.peerscope.wire.codex.CodexDialect;

/**
 * How fast presence is taken in, in records a second on one core: from the bytes of 1,024-entry messages, decoded and applied, to
 * the changes emitted.
 *
 * <p>An invocation takes 64 messages about neighbouring stretches of the tree, in order. Where fewer leaves are wanted than they
 * speak of, as many peers as are needed say the same.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
public class IngestBenchmark {

    private static final int MESSAGES = 64;
    private static final int RECORDS = MESSAGES * PresenceMessages.RECORDS;

    /** The bytes, and the walks over them that everything is compared with. */
    @State(Scope.Thread)
    public static class Bytes {

        @Param
        public PresenceMessages.Pattern pattern;

        /** Leaves of the tree that we want; the messages speak of those in the middle. */
        @Param({"1024", "102400", "10240000"})
        public int wanted;

        private final byte[][] messages = new byte[MESSAGES][];
        private final BareWalk skipping = new BareWalk(false);
        private final BareWalk copying = new BareWalk(true);
        private int batches;
        private int firstBatch;

        @Setup
        public void encode() {
            batches = Math.min(MESSAGES, wanted / PresenceMessages.RECORDS);
            firstBatch = wanted / PresenceMessages.RECORDS / 2 - batches / 2;
            for (int i = 0; i < MESSAGES; i++) {
                int batch = firstBatch + i % batches;
                messages[i] = PresenceMessages.encoded(MeasuredSwarm.TREE, batch, pattern, 1);
            }
        }
    }

    /** An engine whose peers have said nothing, and one whose peers have said everything. */
    @State(Scope.Thread)
    public static class Engine {

        private final MessageDecoder decoder = new CodexDialect().decoder(WireLimits.DEFAULT);
        private MeasuredSwarm swarm;
        private int peers;

        @Setup
        public void join(Bytes bytes) {
            swarm = new MeasuredSwarm(bytes.wanted);
            peers = MESSAGES / bytes.batches;
            for (int peer = 0; peer < peers; peer++) {
                swarm.join();
            }
        }

        @TearDown
        public void close() {
            decoder.close();
        }

        void takeIn(Bytes bytes, Blackhole changes) {
            for (int i = 0; i < MESSAGES; i++) {
                int peer = i / bytes.batches;
                decoder.decode(Unpooled.wrappedBuffer(bytes.messages[i]),
                        message -> changes.consume(swarm.tell(peer, message)));
            }
        }
    }

    /** Each invocation meets peers that have said nothing yet. */
    public static class NewPeers extends Engine {

        @Setup(Level.Invocation)
        public void rejoin() {
            for (int peer = 0; peer < super.peers; peer++) {
                super.swarm.leave(peer);
                super.swarm.rejoin(peer);
            }
        }
    }

    /** Each invocation meets peers that have spoken of everything that is wanted. */
    public static class KnownPeers extends Engine {

        @Setup
        public void tellAll(Bytes bytes) {
            for (int peer = 0; peer < super.peers; peer++) {
                for (int batch = 0; batch < bytes.wanted / PresenceMessages.RECORDS; batch++) {
                    super.swarm.tell(peer, PresenceMessages.message(MeasuredSwarm.TREE, batch, bytes.pattern, 1));
                }
            }
        }
    }

    /** A map of these records alone, however many are wanted: that much the baseline is given. */
    @State(Scope.Thread)
    public static class PlainMap {

        private final PlainPresenceMap map = new PlainPresenceMap();

        void takeIn(Bytes bytes, Blackhole changes) throws IOException {
            for (int i = 0; i < MESSAGES; i++) {
                changes.consume(map.takeIn(bytes.messages[i], bytes.wanted));
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void announcement(Bytes bytes, NewPeers engine, Blackhole changes) {
        engine.takeIn(bytes, changes);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void confirmation(Bytes bytes, KnownPeers engine, Blackhole changes) {
        engine.takeIn(bytes, changes);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void plainMapAnnouncement(Bytes bytes, PlainMap plain, Blackhole changes) throws IOException {
        plain.map.clear();
        plain.takeIn(bytes, changes);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void plainMapConfirmation(Bytes bytes, PlainMap plain, Blackhole changes) throws IOException {
        plain.takeIn(bytes, changes);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void bareWalkSkipping(Bytes bytes, Blackhole hole) throws IOException {
        for (byte[] message : bytes.messages) {
            hole.consume(bytes.skipping.walk(message));
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void bareWalkCopying(Bytes bytes, Blackhole hole) throws IOException {
        for (byte[] message : bytes.messages) {
            hole.consume(bytes.copying.walk(message));
        }
    }
}
