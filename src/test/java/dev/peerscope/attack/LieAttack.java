package dev.peerscope.attack;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;
import dev.peerscope.Patience;

/**
 * Peers that deliver what does not verify, and nobody else to ask. Each block that a peer proved wrong is shown as that; the peer that
 * goes on is dropped.
 *
 * @param few
 *            blocks on which one peer lies without being dropped
 * @param many
 *            blocks that another one is ready to lie on
 * @param provenWrongMax
 *            lies after which a peer is dropped, as the service has it by default
 * @param patience
 *            how long what must come is waited for
 */
public record LieAttack(int few, int many, int provenWrongMax, Duration patience) implements Scenario {

    private static final int BLOCK_SIZE = 4 * 1024;

    @Override
    public String name() {
        return "lies";
    }

    @Override
    public Report run(Path jar, Path folder) throws IOException, InterruptedException {
        var report = new Report(name());
        var datasets = List.of(new TestDataset(1, few, BLOCK_SIZE), new TestDataset(2, many, BLOCK_SIZE));
        try (var service = Service.start(jar, folder, "256m", List.of())) {
            try (var attackers = start(service, Conduct.LIES_ONCE, 1, few)) {
                var download = fetch(service, datasets.getFirst());
                var liar = first(attackers, Conduct.LIES_ONCE);
                boolean all = comes(() -> wrong(service, liar) == few);
                report.must(all, few + " lies, " + wrong(service, liar) + " shown as proven wrong");
                var peer = service.get("/peers/" + liar);
                report.must(peer.at("/claims/invalid").asInt(-1) == few, "claims " + peer.path("claims"));
                report.must(peer.get("haveCount").asInt() == 0, peer.get("haveCount").asInt() + " still shown as had");
                service.send("DELETE", "/downloads/" + download, null, Patience.LONG);
                report.must(peer.get("state").asString().equals("connected"), "the peer is "
                        + peer.get("state").asString());
            }
            try (var attackers = start(service, Conduct.LIES, 2, many)) {
                fetch(service, datasets.getLast());
                var liar = first(attackers, Conduct.LIES);
                boolean dropped = comes(() -> service.get("/peers/" + liar).get("state").asString().equals("departed"));
                var peer = service.get("/peers/" + liar);
                report.must(dropped && peer.path("departureReason").asString().equals("protocol-violation"),
                        "the one that goes on is " + peer.get("state").asString() + " "
                                + peer.path("departureReason").asString(""));
                report.must(peer.at("/claims/invalid").asInt(-1) >= provenWrongMax, "claims " + peer.path("claims"));
                report.must(wrong(service, liar) > 0, wrong(service, liar) + " shown as proven wrong");
            }
        }
        return report;
    }

    private static AttackerProcess start(Service service, Conduct conduct, int seed, int blocks) throws IOException {
        // It does not come again within the scenario.
        var group = new Crowd.Group(conduct, 1, InetAddress.getLoopbackAddress(), Long.MAX_VALUE >> 24);
        return AttackerProcess.start(service, List.of(group), "dataset=" + seed + ":" + blocks + ":" + BLOCK_SIZE);
    }

    /** Returns the id of the download. */
    private static String fetch(Service service, TestDataset dataset) {
        return service.create("/downloads",
                Map.of("treeCid", dataset.treeCid().toString(), "blockCount", dataset.count())).get("id").asString();
    }

    private static String first(AttackerProcess attackers, Conduct conduct) {
        return await().atMost(Patience.LONG).until(() -> attackers.peers(conduct), peers -> !peers.isEmpty())
                .getFirst();
    }

    /** Blocks that left a peer's have-set because it delivered something else. */
    private static long wrong(Service service, String peer) {
        var changes = service.send("GET", "/peers/" + peer + "/presence-changes?reason=proven-wrong&limit=1000", null,
                Patience.LONG);
        return changes.status() != 200 ? 0
                : changes.body().get("items").valueStream().map(item -> item.get("blocks"))
                        .mapToLong(LieAttack::count).sum();
    }

    private static long count(JsonNode blocks) {
        return blocks.path("count").asLong(1);
    }

    private boolean comes(Callable<Boolean> what) {
        try {
            await().atMost(patience).pollInterval(Duration.ofMillis(100)).until(what);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }
}
