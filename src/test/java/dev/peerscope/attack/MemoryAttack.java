package dev.peerscope.attack;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;

/**
 * Many want-haves for peers that do not read, read slowly, or answer with many prices, and a small heap. An honest peer that has
 * half of what is wanted keeps its have-set, and the API answers.
 *
 * @param wants
 *            blocks of the one watch
 * @param lasts
 *            how long the attack goes on
 * @param after
 *            how long what is left of it may stay in memory when the attackers have left
 * @param judgesTimes
 *            whether answers of the API that take longer than a second count as missed
 */
public record MemoryAttack(Target target, Strength strength, int wants, Duration lasts, Duration after,
        boolean judgesTimes) implements Scenario {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(300);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(1);
    private static final long LEFT_MAX = 20_000_000;
    /** The honest peer has every other stretch of so many blocks. */
    private static final int STRETCH = 64;

    /**
     * How the service is started.
     *
     * @param heap
     *            as {@code -Xmx} takes it
     * @param connections
     *            that it allows
     * @param entriesPerSecond
     *            blocks that each peer is asked about
     */
    public record Target(String heap, int connections, int entriesPerSecond) {}

    /** How many peers do what. */
    public record Strength(int notReading, int readingSlowly, int manyPrices) {}

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Report run(Path jar, Path folder) throws IOException, InterruptedException {
        var report = new Report(name());
        var tree = Cid.v1(CodexCodec.ROOT, Multihash.of(Multihash.SHA2_256, new byte[32]));
        try (var service = Service.start(jar, folder, target.heap,
                List.of("--peerscope.limits.connections=" + target.connections,
                        "--peerscope.refresh.entries-per-second=" + target.entriesPerSecond));
                var honest = HonestPeer.join(service, Talks.has(entry -> entry.index() / STRETCH % 2 == 0))) {
            service.create("/watches", Map.of("treeCid", tree.toString(), "blockCount", wants));
            var haveSet = "/peers/" + honest.peerId() + "/have-set";
            long expected = expected();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500))
                    .until(() -> service.get(haveSet).get("blockCount").asLong() == expected);
            long before = service.liveBytes();

            var probe = new Probe(service, List.of("/peers?limit=1000", "/node", "/limits", haveSet));
            int samples = 0;
            int wrong = 0;
            long peersMax = 0;
            try (var attackers = AttackerProcess.start(service, groups())) {
                long end = System.nanoTime() + lasts.toNanos();
                while (System.nanoTime() < end && service.isAlive()) {
                    Thread.sleep(BETWEEN_QUESTIONS);
                    samples++;
                    wrong += probe.ask().path("blockCount").asLong(-1) == expected ? 0 : 1;
                    peersMax = Math.max(peersMax, service.send("GET", "/node", null, ANSWER_MAX).body().path("peers")
                            .asLong());
                }
                report.note(attackers.joins() + " joins of attackers, at most " + peersMax + " peers at a time");
            }
            report.must(service.isAlive(), service.isAlive() ? "alive" : "the process ended, exit code "
                    + service.exitCode());
            int exhausted = service.logged("OutOfMemoryError").size();
            report.must(exhausted == 0, exhausted + " times out of memory");
            report.must(!honest.hasEnded(), honest.hasEnded() ? "honest peer thrown out" : "honest peer stays");
            report.must(wrong == 0, "honest have-set " + expected + " kept in " + (samples - wrong) + " of " + samples
                    + " looks");
            report.must(probe.unanswered() == 0, probe.unanswered() + " of " + probe.asked()
                    + " questions without an answer");
            report.must(!judgesTimes || probe.longest().compareTo(ANSWER_MAX) <= 0, probe.toString());
            if (service.isAlive()) {
                look(service, honest.peerId(), before, report);
            }
        }
        return report;
    }

    private void look(Service service, String honest, long before, Report report)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + after.toNanos();
        long left;
        do {
            Thread.sleep(BETWEEN_LOOKS);
            left = service.liveBytes();
        } while ((left < 0 || left - before > LEFT_MAX) && System.nanoTime() < end);
        report.must(left >= 0 && left - before <= LEFT_MAX,
                "live heap " + Scenario.megabytes(before) + " -> " + Scenario.megabytes(left));
        var lost = service.send("GET", "/peers/" + honest + "/presence-changes?change=removed&limit=1000", null,
                PATIENCE);
        var losses = lost.body().path("items");
        report.must(lost.status() == 200 && losses.isEmpty(), lost.status() == 200
                ? losses.size() + " losses of the honest peer in the history"
                        + (losses.isEmpty() ? "" : ", the last: " + losses.get(0).get("reason").asString())
                : "no history: " + lost.status());
    }

    private List<Crowd.Group> groups() {
        var here = InetAddress.getLoopbackAddress();
        long life = 30_000;
        return List.of(new Crowd.Group(Conduct.NEVER_READS, strength.notReading, here, life),
                new Crowd.Group(Conduct.READS_A_BYTE_A_SECOND, strength.readingSlowly, here, life),
                new Crowd.Group(Conduct.MANY_PRICES, strength.manyPrices, here, lasts.toMillis()));
    }

    private long expected() {
        long whole = wants / (2 * STRETCH) * (long) STRETCH;
        return whole + Math.min(STRETCH, wants % (2 * STRETCH));
    }
}
