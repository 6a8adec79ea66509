package dev.peerscope.engine;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import dev.peerscope.benchmark.Measurement;
import dev.peerscope.benchmark.OwnJvm;
import dev.peerscope.benchmark.PresenceMessages;
import dev.peerscope.benchmark.PresenceMessages.Pattern;
import dev.peerscope.benchmark.UsedHeap;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.message.ExchangeMessage;

/**
 * What questions cost, and what taking in a record costs, while a swarm grows to 10,000 peers that each told us of all of a
 * million blocks; all of it in one JVM with a heap of 4 GB.
 *
 * <p>Of ten peers six have all, three have stretches, and one has each block by a coin; what a peer does not have it denies. All
 * figures are of one thread, which is the engine's.
 */
public final class SwarmMeasurement implements Measurement {

    private static final int BATCHES = 977;
    private static final int BLOCKS = BATCHES * PresenceMessages.RECORDS;
    private static final int[] SIZES = {10, 100, 1_000, 10_000};
    /** Peers of one pattern say one of so many things. */
    private static final int VARIANTS = 8;
    private static final int TIMED_PEERS = 100;
    private static final int TIMED_MESSAGES = 2_000;
    private static final int TIMED_QUESTIONS = 200;
    private static final int LISTED = 100;
    private static final int ALL = 10_000;
    private static final int PAGE = 1_000;

    private final SplittableRandom random = new SplittableRandom(1);
    private final ExchangeMessage[][][] messages = new ExchangeMessage[Pattern.values().length][VARIANTS][BATCHES];
    private MeasuredSwarm swarm = new MeasuredSwarm(BLOCKS);
    private int peers;
    private long sink;

    /** Takes the measurement in a JVM of its own. */
    @Override
    public void measure(PrintStream results) throws Exception {
        OwnJvm.run(SwarmMeasurement.class, results, "-Xmx4g", "-XX:+UseParallelGC");
    }

    /** Measures in this JVM. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        var measurement = new SwarmMeasurement();
        measurement.prepare();
        measurement.grow(System.out);
        System.err.println("(" + measurement.sink + ")");
    }

    private void prepare() {
        for (Pattern pattern : Pattern.values()) {
            for (int variant = 0; variant < VARIANTS; variant++) {
                for (int batch = 0; batch < BATCHES; batch++) {
                    messages[pattern.ordinal()][variant][batch] = PresenceMessages.message(MeasuredSwarm.TREE, batch,
                            pattern, variant);
                }
            }
        }
        // A first swarm is there to be compiled for.
        growTo(4 * SIZES[0]);
        for (int i = 0; i < 20; i++) {
            questions(new PrintStream(PrintStream.nullOutputStream()));
            timeConfirmations();
            timeRejoins();
        }
        swarm = new MeasuredSwarm(BLOCKS);
        peers = 0;
    }

    private void grow(PrintStream results) {
        long empty = UsedHeap.bytes();
        results.printf("%,d blocks; microseconds, median and 99th of 100 of %d times%n%n", BLOCKS, TIMED_QUESTIONS);
        for (int size : SIZES) {
            double announced = growTo(size);
            double confirmed = timeConfirmations();
            double rejoined = timeRejoins();
            long bytes = UsedHeap.bytes() - empty;
            results.printf("%,d peers, %,d presence records, %,d MB, %.3f bytes a record%n", peers,
                    (long) peers * BLOCKS, bytes >> 20, (double) bytes / peers / BLOCKS);
            results.printf("  %-46s %8.1f ns%n", "a record that is news", announced);
            results.printf("  %-46s %8.1f ns%n", "a record that says what is known", confirmed);
            results.printf("  %-46s %8.1f ns%n", "a record of a peer that leaves", rejoined);
            questions(results);
            results.println();
        }
    }

    private static Pattern patternOf(int peer) {
        int of10 = peer % 10;
        return of10 == 0 ? Pattern.SCATTERED : of10 < 4 ? Pattern.STRETCHES : Pattern.COMPLETE;
    }

    private ExchangeMessage message(int peer, int batch) {
        return messages[patternOf(peer).ordinal()][peer / 10 % VARIANTS][batch];
    }

    /** Returns nanoseconds per record of the last peers to join. */
    private double growTo(int size) {
        int timedFrom = Math.max(peers, size - TIMED_PEERS);
        long began = System.nanoTime();
        for (int peer = peers; peer < size; peer++) {
            if (peer == timedFrom) {
                began = System.nanoTime();
            }
            swarm.join();
            tellAll(peer);
        }
        peers = size;
        return (double) (System.nanoTime() - began) / (size - timedFrom) / BLOCKS;
    }

    private void tellAll(int peer) {
        for (int batch = 0; batch < BATCHES; batch++) {
            sink += swarm.tell(peer, message(peer, batch)).size();
        }
    }

    private double timeConfirmations() {
        long began = System.nanoTime();
        for (int i = 0; i < TIMED_MESSAGES; i++) {
            int peer = random.nextInt(peers);
            sink += swarm.tell(peer, message(peer, random.nextInt(BATCHES))).size();
        }
        return (double) (System.nanoTime() - began) / TIMED_MESSAGES / PresenceMessages.RECORDS;
    }

    /** Ten peers, one after the other. */
    private double timeRejoins() {
        long nanos = 0;
        for (int peer = 0; peer < SIZES[0]; peer++) {
            long began = System.nanoTime();
            sink += swarm.leave(peer).size();
            nanos += System.nanoTime() - began;
            swarm.rejoin(peer);
            tellAll(peer);
        }
        return (double) nanos / SIZES[0] / BLOCKS;
    }

    private void questions(PrintStream results) {
        EngineReader reader = swarm.reader();
        OptionalLong leaves = OptionalLong.of(BLOCKS);
        time(results, "who has a block, 100 of each listed", () -> reader.block(anyBlock(), LISTED));
        time(results, "who has a block, all listed", () -> reader.block(anyBlock(), ALL));
        time(results, "next 1,000 records of a have-set", () -> reader.presences(swarm.peer(random.nextInt(peers)),
                Optional.of(MeasuredSwarm.TREE), Optional.of(anyBlock()), PAGE));
        time(results, "next 1,000 ranges of a have-set", () -> reader
                .presentRanges(swarm.peer(random.nextInt(peers)), MeasuredSwarm.TREE, random.nextInt(BLOCKS), PAGE));
        time(results, "availability, 100 buckets",
                () -> reader.availability(MeasuredSwarm.TREE, leaves, LISTED, LISTED));
        time(results, "how a watch of all blocks stands", () -> reader.holder(MeasuredSwarm.WATCH));
        time(results, "how the tree stands", () -> reader.tree(MeasuredSwarm.TREE, leaves));
        time(results, "totals for the gauges", reader::counts);
        time(results, "one peer with its numbers", () -> reader.peer(swarm.peer(random.nextInt(peers))));
        time(results, "all peers with their numbers", reader::peers);
    }

    private BlockAddress anyBlock() {
        return new BlockAddress.Leaf(MeasuredSwarm.TREE, random.nextInt(BLOCKS));
    }

    private void time(PrintStream results, String question, Supplier<?> answer) {
        long[] nanos = IntStream.range(0, TIMED_QUESTIONS).mapToLong(_ -> {
            long began = System.nanoTime();
            sink += System.identityHashCode(answer.get());
            return System.nanoTime() - began;
        }).toArray();
        Arrays.sort(nanos);
        results.printf("  %-46s %8.1f %8.1f%n", question, nanos[TIMED_QUESTIONS / 2] / 1e3,
                nanos[TIMED_QUESTIONS * 99 / 100] / 1e3);
    }
}
