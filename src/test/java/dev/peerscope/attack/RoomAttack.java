package dev.peerscope.attack;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import dev.peerscope.Patience;

/**
 * More throw-away identities than there is room for, from one address, that join, do nothing and come again. An honest peer gets in and
 * stays, and the operator can dial.
 *
 * @param exempt
 *            whether the networks of this machine have no share, as by default; then the honest peer comes from the address of the attackers
 * @param throwAways
 *            how many there are
 * @param shareMax
 *            connections that one address may have when it is not exempt
 * @param stays
 *            how long the honest peer is watched
 * @param patience
 *            how long it tries to get in
 */
public record RoomAttack(boolean exempt, int throwAways, int shareMax, Duration stays, Duration patience)
        implements Scenario {

    private static final int WANTED = 64;

    @Override
    public String name() {
        return exempt ? "room-exempt" : "room";
    }

    @Override
    public Report run(Path jar, Path folder) throws IOException, InterruptedException {
        var report = new Report(name());
        var attackersFrom = InetAddress.getByName("127.0.0.1");
        var honestFrom = exempt ? attackersFrom : InetAddress.getByName("127.0.0.2");
        var dataset = new TestDataset(1, WANTED, 1024);
        var serves = Talks.serves(List.of(dataset));
        var arguments = exempt ? List.<String>of() : List.of("--peerscope.limits.address-share-exempt=");
        try (var service = Service.start(jar, folder, "512m", arguments)) {
            service.create("/watches", Map.of("treeCid", dataset.treeCid().toString(), "blockCount", WANTED));
            var groups = List
                    .of(new Crowd.Group(Conduct.DOES_NOTHING, throwAways, attackersFrom, Long.MAX_VALUE >> 24));
            try (var attackers = AttackerProcess.start(service, groups)) {
                await().atMost(Patience.LONG).until(() -> attackers.joins() >= shareMax);
                Thread.sleep(Duration.ofSeconds(2));
                long begun = System.nanoTime();
                var honest = join(service, honestFrom, serves);
                report.must(honest != null, honest == null ? "honest peer kept out for " + Scenario.seconds(patience)
                        : "honest peer in after " + Scenario.seconds(Duration.ofNanos(System.nanoTime() - begun)));
                if (!exempt) {
                    try (var reachable = new HonestPeer.Listening(serves)) {
                        var dialled = service.send("POST", "/peers", Map.of("address", reachable.address()),
                                Patience.LONG);
                        report.must(dialled.status() == 201, dialled.status() == 201
                                ? "the operator dials within " + Scenario.seconds(dialled.took())
                                : "the operator's dial failed: " + dialled.body().path("detail").asString(""));
                    }
                }
                int most = 0;
                long end = System.nanoTime() + stays.toNanos();
                while (System.nanoTime() < end) {
                    most = Math.max(most, connected(service, attackersFrom));
                    Thread.sleep(250);
                }
                report.note(attackers.joins() + " joins of " + throwAways + " throw-aways");
                report.must(exempt || most <= shareMax, "at most " + most + " from their address"
                        + (exempt ? "" : " of " + shareMax + " that may be"));
                if (honest != null) {
                    report.must(!honest.hasEnded(), honest.hasEnded() ? "honest peer thrown out again"
                            : "honest peer stays for " + Scenario.seconds(stays));
                    int has = service.get("/peers/" + honest.peerId()).get("haveCount").asInt();
                    report.must(has == WANTED, "its have-set " + has + " of " + WANTED);
                    honest.close();
                }
            }
        }
        return report;
    }

    /** Tries until it is in, and the API shows it. */
    private @Nullable SocketPeer join(Service service, InetAddress from, SocketPeer.Talk talk)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            try {
                var peer = HonestPeer.join(service, from, talk);
                for (int i = 0; i < 20 && !peer.hasEnded(); i++) {
                    if (service.send("GET", "/peers/" + peer.peerId(), null, Patience.LONG).body().path("state")
                            .asString("").equals("connected")) {
                        return peer;
                    }
                    Thread.sleep(50);
                }
                peer.close();
            } catch (IOException e) {
                // No room, or not yet.
            }
            Thread.sleep(250);
        }
        return null;
    }

    private static int connected(Service service, InetAddress from) {
        var here = "/ip4/" + from.getHostAddress() + "/";
        return (int) service.get("/peers?limit=1000").get("items").valueStream()
                .filter(peer -> peer.get("direction").asString().equals("inbound"))
                .filter(peer -> peer.get("address").asString().startsWith(here)).count();
    }
}
