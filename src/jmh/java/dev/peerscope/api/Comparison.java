package dev.peerscope.api;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.peerscope.api.ReadLoad.Result;

/** Reads the service and the bare one in turns, so that both meet the same machine, and writes a table for each state. */
final class Comparison {

    private static final int CONNECTIONS = 4;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofMillis(500);
    /** The service is still being compiled for the first twenty seconds of load. */
    private static final Duration WARM_UP = Duration.ofMillis(2_500);

    private final int port;
    private final int barePort;
    private final PrintStream results;
    /** Of the service and the bare one by name of the read, in microseconds, in the first table. */
    private final Map<String, long[]> firstTails = new HashMap<>();

    Comparison(int port, int barePort, PrintStream results) {
        this.port = port;
        this.barePort = barePort;
        this.results = results;
    }

    void warmUp(List<ComparedRead> reads) throws InterruptedException {
        for (ComparedRead read : reads) {
            // What makes answers is to be as warm as what gives them again.
            ReadLoad.run(port, read.madeAnew(), CONNECTIONS, WARM_UP);
            ReadLoad.run(barePort, read.bare(), CONNECTIONS, WARM_UP.dividedBy(2));
        }
        for (ComparedRead read : reads) {
            ReadLoad.run(port, read, CONNECTIONS, ROUND);
            ReadLoad.run(barePort, read.ready(), CONNECTIONS, ROUND);
        }
    }

    /** The first table is what the tails of later ones are compared with. */
    void table(String state, List<ComparedRead> reads) throws InterruptedException {
        results.printf("%s, %d connections; req/s, share of the bare endpoint's rate, microseconds%n%n", state,
                CONNECTIONS);
        results.printf("%-20s %8s %8s %7s %8s %7s   %6s %7s %8s   %6s %7s %8s   %5s%n", "read", "req/s", "bare",
                "share",
                "ready", "share", "p50", "p99", "/ first", "bare", "p99", "/ first", "304");
        for (ComparedRead read : reads) {
            List<Result> ours = new ArrayList<>();
            List<Result> bare = new ArrayList<>();
            List<Result> ready = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                ours.add(ReadLoad.run(port, read, CONNECTIONS, ROUND));
                bare.add(ReadLoad.run(barePort, read.bare(), CONNECTIONS, ROUND));
                ready.add(ReadLoad.run(barePort, read.ready(), CONNECTIONS, ROUND));
            }
            row(read.name(), Result.sum(ours), Result.sum(bare), Result.sum(ready));
        }
        results.println();
    }

    private void row(String name, Result ours, Result bare, Result ready) {
        long[] first = firstTails.computeIfAbsent(name, _ -> new long[]{ours.percentile(99), bare.percentile(99)});
        results.printf("%-20s %8.0f %8.0f %6.0f%% %8.0f %6.0f%%   %6d %7d %8.1f   %6d %7d %8.1f   %4.0f%%%n", name,
                ours.rate(), bare.rate(), 100 * ours.rate() / bare.rate(), ready.rate(),
                100 * ours.rate() / ready.rate(), ours.percentile(50), ours.percentile(99),
                ours.percentile(99) / (double) first[0], bare.percentile(50), bare.percentile(99),
                bare.percentile(99) / (double) first[1], 100 * ours.unchangedShare());
    }
}
