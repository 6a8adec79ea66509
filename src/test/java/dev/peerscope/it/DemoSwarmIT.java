package dev.peerscope.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import dev.peerscope.block.BlockRanges;

/** What a newcomer meets: the jar with the profile {@code demo}, and nothing else. */
class DemoSwarmIT {

    private static final Set<String> CHANGES = Set.of("added", "removed", "repriced", "denied", "undenied");
    private static final Set<String> REASONS = Set.of("announced", "price-changed", "dont-have-received",
            "not-confirmed", "delivered", "released", "peer-departed");
    /** More than two rounds. */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    @TempDir
    static Path folder;
    private static PeerscopeProcess service;

    @BeforeAll
    static void start() throws IOException {
        service = PeerscopeProcess.start(folder, "--spring.profiles.active=demo");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        service.close();
    }

    @Test
    @Timeout(90)
    void everyKindOfChangeAndReasonIsSeenWithinAMinute() throws IOException, InterruptedException {
        var changes = new HashSet<String>();
        var reasons = new HashSet<String>();
        var end = service.startedAt().plusSeconds(60);
        try (var lines = service.stream("/api/v1/presence-changes/stream")) {
            lines.filter(line -> line.startsWith("data:"))
                    .map(line -> JsonMapper.shared().readTree(line.substring("data:".length())))
                    .takeWhile(change -> Instant.parse(change.path("at").asString()).isBefore(end)
                            && !(changes.containsAll(CHANGES) && reasons.containsAll(REASONS)))
                    .forEach(change -> {
                        changes.add(change.path("change").asString());
                        reasons.add(change.path("reason").asString());
                    });
        }
        assertThat(changes).containsAll(CHANGES);
        assertThat(reasons).containsAll(REASONS);
    }

    @Test
    void peersAreSentBlocksThatWeHaveAndStayOnTheWantListWithOthers() {
        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(items("/api/v1/peers")).anyMatch(peer -> peer.path("blocksSent").asLong() > 0));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(wanted()).anySatisfy(want -> {
            assertThat(want.path("wantType").asString()).isEqualTo("wantBlock");
            assertThat(block(want.path("address")).path("heldByUs").asBoolean()).isFalse();
        }));
    }

    @Test
    void thePictureIsDownloaded() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(items("/api/v1/downloads")).anyMatch(
                download -> download.path("state").asString().equals("done")
                        && download.path("bytesDone").asLong() > 300_000));
    }

    @Test
    void theLogSaysInOneLineWhatTheSwarmIsAndNothingOfItsPeers() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(items("/api/v1/peers")).hasSizeGreaterThanOrEqualTo(7));

        assertThat(service.log()).filteredOn(line -> line.contains("demo")).filteredOn(line -> line.contains("swarm"))
                .hasSize(1);
        assertThat(service.log()).filteredOn(line -> line.contains("node started")).hasSize(1);
        assertThat(service.log()).noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
    }

    /** What peers ask us for. */
    private static List<JsonNode> wanted() {
        return items("/api/v1/peers").stream()
                .flatMap(peer -> items("/api/v1/peers/" + peer.path("peerId").asString() + "/want-list").stream())
                .toList();
    }

    private static JsonNode block(JsonNode leaf) {
        return service.get("/api/v1/blocks/" + leaf.path("treeCid").asString() + "/" + leaf.path("index").asLong()
                + "/peers");
    }

    private static List<JsonNode> items(String path) {
        return service.get(path).path("items").valueStream().toList();
    }

    /** A js-libp2p peer joins in. */
    @Nested
    @RequiresNode
    class WithAForeignPeer {

        @Test
        void thePeersOfTheSwarmTellItWhatTheApiShowsAndSendItBlocksThatHashToTheirNames() {
            try (var foreigner = JsPeer.options().dialsOnly().start()) {
                var deliveries = new ArrayList<JsonNode>();
                await().atMost(PATIENCE).untilAsserted(() -> {
                    deliverySeenAsTheApiShows(foreigner).ifPresent(deliveries::add);
                    assertThat(deliveries).isNotEmpty();
                });
                // Not within what is tried again: no second block makes up for one that is wrong.
                assertThat(deliveries).allSatisfy(delivery -> {
                    assertThat(delivery.get("dataValid").asBoolean()).isTrue();
                    assertThat(delivery.get("proofValid").asBoolean()).isTrue();
                });
            }
        }

        /** A block of a peer that told it the have-set that the API shows; none when the peer has changed meanwhile. */
        private static Optional<JsonNode> deliverySeenAsTheApiShows(JsPeer foreigner) {
            var info = service.get("/actuator/info").path("demo");
            var tree = info.path("datasets").get(0).path("treeCid").asString();
            var count = info.path("datasets").get(0).path("blockCount").asLong();
            var member = info.path("peers").get(0);
            if (member.path("addresses").isEmpty()) {
                return Optional.empty();
            }
            foreigner.dial(member.path("addresses").get(0).asString());
            foreigner.forgetEvents().wantHave(JsBlocks.leaves(tree, "0-" + (count - 1)));
            var told = toldIn(foreigner.await("presences").get("presences"), count);
            var shown = shown(member.path("peerId").asString(), tree);
            if (!told.equals(shown) || told.isEmpty()) {
                return Optional.empty();
            }
            var wanted = BlockRanges.of(told.lowest(), told.lowest());
            foreigner.wantBlock(JsBlocks.leaves(tree, wanted.toString()));
            var delivery = foreigner.await("delivery");
            assertThat(delivery.get("address").get("index").asLong()).isEqualTo(wanted.lowest());
            return Optional.of(delivery);
        }

        private static BlockRanges toldIn(JsonNode presences, long count) {
            assertThat(presences.size()).isEqualTo(count);
            var told = BlockRanges.builder();
            presences.valueStream().filter(presence -> presence.get("have").asBoolean())
                    .forEach(presence -> told.add(presence.get("address").get("index").asLong()));
            return told.build();
        }

        private static BlockRanges shown(String peer, String tree) {
            return service.get("/api/v1/peers/" + peer + "/have-set").path("datasets").valueStream()
                    .filter(dataset -> dataset.path("treeCid").asString().equals(tree))
                    .map(dataset -> BlockRanges.parse(dataset.path("ranges").asString())).findFirst()
                    .orElse(BlockRanges.EMPTY);
        }
    }
}
