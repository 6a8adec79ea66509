package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import dev.peerscope.RunningService;

/** Peers one by one for Prometheus, where the configuration asks for it. */
@RunningService
@TestPropertySource(properties = "peerscope.metrics.peers=true")
@DirtiesContext
class PeerMetricsTest {

    private static final String PATH = "/api/v1/metrics/peers";

    private final RemotePeer bob = new RemotePeer();

    @LocalServerPort
    private int port;

    @AfterEach
    void stopBob() {
        bob.close();
    }

    @Test
    void everyPeerHasItsNumbersUnderItsIdWhileItIsConnected() {
        var http = new Http(port);
        var dataset = bob.has(5);
        http.post("/api/v1/peers", bob.dialRequest());
        http.post("/api/v1/watches", "{\"treeCid\":\"" + dataset.treeCid() + "\",\"ranges\":\"0-4\"}");

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(http.get(PATH).text().lines())
                .contains("peerscope_peer_have_blocks{peer=\"" + bob.id() + "\"} 5.0",
                        "peerscope_peer_blocks_received_total{peer=\"" + bob.id() + "\"} 0.0",
                        "peerscope_peers_left_out 0.0"));

        http.delete("/api/v1/peers/" + bob.id());
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(http.get(PATH).text()).doesNotContain(bob.id()));
    }

    @Test
    void whatBecameOfThePeersClaimsIsTheSameOfThePeerAndInAll() {
        var http = new Http(port);
        var dataset = bob.has(5);
        http.post("/api/v1/peers", bob.dialRequest());
        http.post("/api/v1/downloads", "{\"treeCid\":\"" + dataset.treeCid() + "\",\"ranges\":\"0-4\"}");

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(http.get(PATH).text().lines())
                .contains("peerscope_peer_claims_delivered_total{peer=\"" + bob.id() + "\"} 5.0",
                        "peerscope_peer_claims_invalid_total{peer=\"" + bob.id() + "\"} 0.0"));
        assertThat(http.get("/actuator/prometheus").text().lines())
                .contains("peerscope_claims_total{outcome=\"delivered\"} 5.0");
        assertThat(http.get("/api/v1/peers/" + bob.id()).text())
                .contains("\"claims\":{\"delivered\":5,\"timeout\":0,\"dontHave\":0,\"invalid\":0,\"superseded\":0}");
        http.delete("/api/v1/peers/" + bob.id());
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                http.get("/api/v1/peers/" + bob.id()).text()).contains("\"state\":\"departed\"")
                .contains("\"claims\":{\"delivered\":5"));
    }

    @Test
    void prometheusGetsTheFormatThatItAsksFor() {
        var http = new Http(port);

        assertThat(http.get(PATH).header("Content-Type").orElseThrow()).startsWith("text/plain");
        var open = http.get(PATH, "Accept", "application/openmetrics-text; version=1.0.0");
        assertThat(open.header("Content-Type").orElseThrow()).startsWith("application/openmetrics-text");
        assertThat(open.text()).endsWith("# EOF\n");
    }
}
