package dev.peerscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/**
 * The same against a real Codex node, when there is one: {@code PEERSCOPE_CODEX_ADDRESS} is its multiaddr with its peer id, or
 * its SPR, and {@code PEERSCOPE_CODEX_MANIFEST} the CID of a file that was uploaded to it. What a node does only when it is told to
 * needs its own API, too: {@code PEERSCOPE_CODEX_API}.
 */
@EnabledIfEnvironmentVariable(named = RealCodexNodeIT.ADDRESS, matches = ".+", disabledReason = "nothing was tried against a real Codex node: PEERSCOPE_CODEX_ADDRESS is not set")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "peerscope.listen-addresses=/ip4/127.0.0.1/tcp/0",
        "peerscope.data-directory=target/real-codex-node-data/${random.uuid}",
        "peerscope.refresh.shortest-interval=2s"})
class RealCodexNodeIT {

    static final String ADDRESS = "PEERSCOPE_CODEX_ADDRESS";
    static final String MANIFEST = "PEERSCOPE_CODEX_MANIFEST";
    static final String API = "PEERSCOPE_CODEX_API";

    @LocalServerPort
    private int port;

    @Test
    void itsFileIsSeenFetchedAndForgottenWithItsReasons() {
        Inspector inspector = new Inspector(port);
        Map<String, String> file = Map.of("manifestCid", manifest());
        JsonNode joined = inspector.dial(System.getenv(ADDRESS)).body();
        String peer = joined.get("peerId").asString();
        inspector.eventually("/peers/" + peer, shown -> assertThat(shown.path("agent").asString()).isEqualTo("Codex"));

        String watch = inspector.watch(file);
        JsonNode watched = inspector.eventually("/watches/" + watch,
                shown -> assertThat(shown.get("state").asString()).isEqualTo("active"));
        int blocks = watched.get("blockCount").asInt();
        inspector.eventually("/peers/" + peer + "/have-set",
                shown -> assertThat(shown.get("blockCount").asInt()).isEqualTo(blocks));
        assertThat(inspector.get("/peers/" + peer + "/presence-changes?change=added&reason=announced").get("items"))
                .isNotEmpty();

        assertThat(inspector.download(file).get("blocksDone").asInt()).isEqualTo(blocks);
        assertThat(inspector.get("/peers/" + peer).get("blocksReceived").asInt()).isGreaterThanOrEqualTo(blocks);
        inspector.eventually("/peers/" + peer + "/have-set",
                shown -> assertThat(shown.get("blockCount").asInt()).isEqualTo(blocks));

        assertThat(inspector.send("DELETE", "/peers/" + peer, null).status()).isEqualTo(204);
        JsonNode gone = inspector.eventuallyInState(peer, "departed");
        assertThat(gone.get("departureReason").asString()).isEqualTo("operator");
        assertThat(inspector.get("/peers/" + peer + "/presence-changes?change=removed&reason=operator").get("items"))
                .isNotEmpty();
    }

    /** It loses the file and denies it, asks us for it, and has it again. */
    @Test
    @EnabledIfEnvironmentVariable(named = API, matches = ".+", disabledReason = "the node was not told to lose and fetch its file: PEERSCOPE_CODEX_API is not set")
    void whatItLosesIsSeenAndWhatItAsksForIsServed() throws Exception {
        Inspector inspector = new Inspector(port);
        Map<String, String> file = Map.of("manifestCid", manifest());
        String peer = inspector.dial(System.getenv(ADDRESS)).body().get("peerId").asString();
        int blocks = inspector.eventually("/watches/" + inspector.watch(file),
                shown -> assertThat(shown.get("state").asString()).isEqualTo("active")).get("blockCount").asInt();
        inspector.download(file);
        awaitHaves(inspector, peer, blocks);
        int sent = inspector.get("/peers/" + peer).get("blocksSent").asInt();

        tellNode("DELETE", "/api/codex/v1/data/" + manifest());
        awaitHaves(inspector, peer, 0);
        assertThat(inspector.get("/peers/" + peer + "/presence-changes?change=removed&reason=dont-have-received")
                .get("items")).isNotEmpty();

        tellNode("POST", "/api/codex/v1/data/" + manifest() + "/network");
        awaitHaves(inspector, peer, blocks);
        assertThat(inspector.get("/peers/" + peer).get("blocksSent").asInt()).isGreaterThanOrEqualTo(sent + blocks);
    }

    private static void awaitHaves(Inspector inspector, String peer, int blocks) {
        inspector.eventually("/peers/" + peer + "/have-set",
                shown -> assertThat(shown.get("blockCount").asInt()).isEqualTo(blocks));
    }

    private static void tellNode(String method, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(System.getenv(API) + path))
                .method(method, HttpRequest.BodyPublishers.noBody()).build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isBetween(200, 299);
        }
    }

    private static String manifest() {
        return Objects.requireNonNull(System.getenv(MANIFEST),
                MANIFEST + " is not set: the CID of a file that the node has");
    }
}
