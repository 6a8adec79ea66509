package dev.peerscope.wire.codex;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
import dev.peerscope.benchmark.PresenceMessages;
import dev.peerscope.wire.MessageDecoder;
import dev.peerscope.wire.WireLimits;

/** How fast presence messages become runs, in records a second on one core, beside bare walks over the same bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecodingBenchmark {

    /** More than a processor's nearest cache holds, so that bytes come from where they come from in life. */
    private static final int MESSAGES = 64;

    @Param
    public PresenceMessages.Pattern pattern;

    private final byte[][] messages = new byte[MESSAGES][];
    private final BareWalk skipping = new BareWalk(false);
    private final BareWalk copying = new BareWalk(true);
    private MessageDecoder decoder;
    private int next;

    @Setup
    public void encode() {
        for (int i = 0; i < MESSAGES; i++) {
            messages[i] = PresenceMessages.encoded(PresenceMessages.tree(1), i, pattern, 1);
        }
        decoder = new CodexDialect().decoder(WireLimits.DEFAULT);
    }

    @TearDown
    public void close() {
        decoder.close();
    }

    private byte[] next() {
        next = (next + 1) % MESSAGES;
        return messages[next];
    }

    @Benchmark
    @OperationsPerInvocation(PresenceMessages.RECORDS)
    public void decode(Blackhole hole) {
        ByteBuf bytes = Unpooled.wrappedBuffer(next());
        decoder.decode(bytes, hole::consume);
    }

    @Benchmark
    @OperationsPerInvocation(PresenceMessages.RECORDS)
    public long bareWalkSkipping() throws IOException {
        return skipping.walk(next());
    }

    @Benchmark
    @OperationsPerInvocation(PresenceMessages.RECORDS)
    public long bareWalkCopying() throws IOException {
        return copying.walk(next());
    }
}
