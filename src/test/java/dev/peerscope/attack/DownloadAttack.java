package dev.peerscope.attack;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.peerscope.Patience;

/**
 * One peer that claims everything and delivers a valid block now and then, one that delivers nothing, one that delivers rubbish, beside one
 * honest holder. A download comes to its end about as soon as with the honest one alone.
 *
 * @param blocks
 *            of the dataset
 * @param blockSize
 *            in bytes
 * @param pace
 *            time between two blocks of the one who delivers now and then
 * @param patience
 *            time after which the download counts as held up for good
 * @param judgesTimes
 *            whether three times the time with the honest peer alone, or 5 seconds if that is more, is all it may take
 */
public record DownloadAttack(int blocks, int blockSize, Duration pace, Duration patience, boolean judgesTimes)
        implements Scenario {

    private static final Duration ALLOWED_MIN = Duration.ofSeconds(5);
    private static final List<Conduct> WRONGDOERS = List.of(Conduct.DRIPS, Conduct.SILENT, Conduct.LIES);
    private static final int ALLOWED_TIMES = 3;

    @Override
    public String name() {
        return "download";
    }

    @Override
    public Report run(Path jar, Path folder) throws IOException, InterruptedException {
        var report = new Report(name());
        // The first of them is fetched for nothing but to have the code compiled.
        var datasets = Stream.of(1, 2, 3).map(seed -> new TestDataset(seed, blocks, blockSize)).toList();
        try (var service = Service.start(jar, folder, "512m", List.of())) {
            Duration alone = Duration.ZERO;
            for (var dataset : datasets.subList(0, 2)) {
                watch(service, dataset);
                try (var honest = HonestPeer.join(service, Talks.serves(datasets))) {
                    awaitClaims(service, List.of(honest.peerId()));
                    alone = fetch(service, dataset).took;
                }
                awaitPeers(service, 0);
            }
            watch(service, datasets.getLast());
            try (var attackers = attackers(service)) {
                awaitPeers(service, WRONGDOERS.size());
                awaitClaims(service, WRONGDOERS.stream().map(conduct -> attackers.peers(conduct).getFirst()).toList());
                try (var honest = HonestPeer.join(service, Talks.serves(datasets))) {
                    awaitClaims(service, List.of(honest.peerId()));
                    var attacked = fetch(service, datasets.getLast());
                    var allowed = max(alone.multipliedBy(ALLOWED_TIMES), ALLOWED_MIN);
                    report.note("honest alone " + Scenario.seconds(alone));
                    report.must(attacked.done == blocks, attacked.done + " of " + blocks + " blocks of "
                            + blockSize / 1024 + " KiB");
                    report.must(!judgesTimes || attacked.took.compareTo(allowed) <= 0, "with a dripping, a silent and a"
                            + " lying peer beside it " + Scenario.seconds(attacked.took)
                            + (judgesTimes ? " (allowed " + Scenario.seconds(allowed) + ")" : ""));
                    for (var conduct : WRONGDOERS) {
                        var peer = service.get("/peers/" + attackers.peers(conduct).getFirst());
                        report.note(conduct + " delivered " + peer.get("blocksReceived").asInt());
                    }
                }
            }
        }
        return report;
    }

    private AttackerProcess attackers(Service service) throws IOException {
        var groups = WRONGDOERS.stream()
                .map(conduct -> new Crowd.Group(conduct, 1, InetAddress.getLoopbackAddress(), Long.MAX_VALUE >> 24))
                .toList();
        return AttackerProcess.start(service, groups, "dataset=3:" + blocks + ":" + blockSize,
                "pace=" + pace.toMillis());
    }

    private record Fetched(Duration took, int done) {}

    private Fetched fetch(Service service, TestDataset dataset) {
        long begun = System.nanoTime();
        var download = service.create("/downloads",
                Map.of("treeCid", dataset.treeCid().toString(), "blockCount", blocks));
        var path = "/downloads/" + download.get("id").asString();
        var state = service.get(path);
        while (state.get("state").asString().equals("running") && System.nanoTime() - begun < patience.toNanos()) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
            state = service.get(path);
        }
        var took = Duration.ofNanos(System.nanoTime() - begun);
        return new Fetched(took, state.get("blocksDone").asInt());
    }

    private void watch(Service service, TestDataset dataset) {
        service.create("/watches", Map.of("treeCid", dataset.treeCid().toString(), "blockCount", blocks));
    }

    /** Each of them has said that it has a whole dataset: the choice is the service's. */
    private void awaitClaims(Service service, List<String> peers) {
        await().atMost(Patience.LONG).pollInterval(Duration.ofMillis(50)).until(
                () -> peers.stream().allMatch(
                        peer -> service.get("/peers/" + peer).get("haveCount").asInt() % blocks == 0
                                && service.get("/peers/" + peer).get("haveCount").asInt() > 0));
    }

    private static void awaitPeers(Service service, int count) {
        await().atMost(Patience.LONG).pollInterval(Duration.ofMillis(50))
                .until(() -> service.get("/node").get("peers").asInt() == count);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
