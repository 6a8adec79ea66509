package dev.peerscope.transfer;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import dev.peerscope.benchmark.JvmProcess;
import dev.peerscope.benchmark.Measurement;

/**
 * How fast 1 GiB in blocks of 64 KiB goes from one process to another over loopback: MiB a second, and the CPU time that both
 * sides need for it. Three rounds of every line in turn; the median counts, and is also given as a share of the raw line's.
 */
public final class TransferMeasurement implements Measurement {

    private static final int MIB = 1_024;
    private static final int WARM_UP_MIB = 256;
    private static final int ROUNDS = 3;
    private static final List<String> OPTIONS = List.of("-Xmx4g", "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    private static final Path JS = Path.of("src", "test", "js");

    /** A line that is measured: who sends, who receives. */
    private enum Line {
        RAW("raw line, ChaCha20-Poly1305 and SHA-256"),
        MPLEX("two nodes, mplex"),
        YAMUX("two nodes, yamux"),
        JS_MPLEX("two js-libp2p nodes, mplex"),
        JS_YAMUX("two js-libp2p nodes, yamux");

        private final String title;

        Line(String title) {
            this.title = title;
        }

        boolean isJs() {
            return this == JS_MPLEX || this == JS_YAMUX;
        }
    }

    /** @param beyondStore bytes of heap in use after it, blocks left out; negative where unknown */
    private record Result(double mibPerSecond, double cpuSecondsPerGib, long beyondStore) {}

    @Override
    public void measure(PrintStream results) throws Exception {
        Path directory = Files.createTempDirectory("transfer");
        List<Line> lines = Arrays.stream(Line.values()).filter(line -> !line.isJs() || hasJs()).toList();
        List<List<Result>> measured = new ArrayList<>();
        lines.forEach(_ -> measured.add(new ArrayList<>()));
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < lines.size(); i++) {
                measured.get(i).add(run(lines.get(i), directory));
            }
        }
        results.printf("%,d MiB in blocks of 64 KiB after %d MiB to warm up; median of %d (lowest to highest)%n%n", MIB,
                WARM_UP_MIB, ROUNDS);
        double raw = median(measured.get(0));
        results.printf("%-42s %9s %20s %8s %12s %14s%n", "", "MiB/s", "", "of raw", "CPU s/GiB", "beyond store");
        for (int i = 0; i < lines.size(); i++) {
            report(results, lines.get(i), measured.get(i), raw);
        }
        if (!hasJs()) {
            results.println("js-libp2p: not measured, its packages are not installed (npm ci in " + JS + ")");
        }
    }

    private static boolean hasJs() {
        return Files.isDirectory(JS.resolve("node_modules"));
    }

    private static void report(PrintStream to, Line line, List<Result> results, double raw) {
        double[] rates = results.stream().mapToDouble(Result::mibPerSecond).sorted().toArray();
        double[] cpu = results.stream().mapToDouble(Result::cpuSecondsPerGib).sorted().toArray();
        long beyond = results.stream().mapToLong(Result::beyondStore).max().orElse(-1);
        to.printf(Locale.ROOT, "%-42s %9.1f %20s %7.0f%% %12.2f %14s%n", line.title, rates[ROUNDS / 2],
                String.format(Locale.ROOT, "(%.1f to %.1f)", rates[0], rates[ROUNDS - 1]),
                100 * rates[ROUNDS / 2] / raw, cpu[ROUNDS / 2], beyond < 0 ? "-" : (beyond >> 20) + " MiB");
    }

    private static double median(List<Result> results) {
        return results.stream().mapToDouble(Result::mibPerSecond).sorted().toArray()[ROUNDS / 2];
    }

    private static Result run(Line line, Path directory) throws Exception {
        return switch (line) {
            case RAW -> between(RawSender.class, RawReceiver.class, directory, List.of());
            case MPLEX, YAMUX -> between(ServingNode.class, FetchingNode.class, directory,
                    List.of(line.name().toLowerCase(Locale.ROOT)));
            case JS_MPLEX -> JsTransfer.run(JS, "mplex", MIB, WARM_UP_MIB, Result::new);
            case JS_YAMUX -> JsTransfer.run(JS, "yamux", MIB, WARM_UP_MIB, Result::new);
        };
    }

    /** The sender answers with where it is, the receiver with nanoseconds, its CPU time and its memory. */
    private static Result between(Class<?> sender, Class<?> receiver, Path directory, List<String> arguments)
            throws IOException, InterruptedException {
        try (var from = JvmProcess.talking(sender, directory, OPTIONS, arguments);
                var to = JvmProcess.talking(receiver, directory, OPTIONS, arguments)) {
            to.ask(from.ask("serve " + WARM_UP_MIB));
            String where = from.ask("serve " + MIB);
            long cpuBefore = Long.parseLong(from.ask("cpu"));
            String[] told = to.ask(where).split(" ");
            long cpu = Long.parseLong(from.ask("cpu")) - cpuBefore + Long.parseLong(told[1]);
            return new Result(MIB * 1e9 / Long.parseLong(told[0]), cpu / 1e9 * 1_024 / MIB, Long.parseLong(told[2]));
        }
    }

    /** Makes a result. */
    @FunctionalInterface
    interface ResultMaker<R> {

        R make(double mibPerSecond, double cpuSecondsPerGib, long beyondStore);
    }
}
