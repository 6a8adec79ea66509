package dev.peerscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/**
 * The same against a real Codex node, when there is one: {@code PEERSCOPE_CODEX_ADDRESS} is its multiaddr with its peer id, or
 * its SPR, and {@code PEERSCOPE_CODEX_MANIFEST} the CID of a file that was uploaded to it.
 */
@EnabledIfEnvironmentVariable(named = RealCodexNodeIT.ADDRESS, matches = ".+", disabledReason = "nothing was tried against a real Codex node: PEERSCOPE_CODEX_ADDRESS is not set")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "peerscope.listen-addresses=/ip4/127.0.0.1/tcp/0",
        "peerscope.data-directory=target/real-codex-node-data/${random.uuid}",
        "peerscope.refresh.shortest-interval=2s"})
class RealCodexNodeIT {

    static final String ADDRESS = "PEERSCOPE_CODEX_ADDRESS";
    static final String MANIFEST = "PEERSCOPE_CODEX_MANIFEST";

    @LocalServerPort
    private int port;

    @Test
    void itsFileIsSeenFetchedAndForgottenWithItsReasons() {
        Inspector inspector = new Inspector(port);
        Map<String, String> file = Map.of("manifestCid",
                Objects.requireNonNull(System.getenv(MANIFEST),
                        MANIFEST + " is not set: the CID of a file that the node has"));
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
}
