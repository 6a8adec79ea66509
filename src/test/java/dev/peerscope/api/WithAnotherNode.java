package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import dev.peerscope.Patience;
import dev.peerscope.RunningService;

/** A test of the whole service with another node, Bob, that really is there. What it watches and whom it dials is gone after it. */
@RunningService
abstract class WithAnotherNode {

    static final Duration PATIENCE = Patience.LONG;
    static final String PEERS = "/api/v1/peers";
    private static final String WATCHES = "/api/v1/watches";

    @LocalServerPort
    private int port;

    Http http;
    RemotePeer bob;
    private final List<String> watches = new ArrayList<>();

    @BeforeEach
    void startBob() {
        http = new Http(port);
        bob = new RemotePeer();
    }

    @AfterEach
    void stopBob() {
        watches.forEach(http::delete);
        bob.close();
        await().atMost(PATIENCE).until(() -> !"connected".equals(peer().path("state").asString()));
    }

    void dial() {
        var reply = http.post(PEERS, bob.dialRequest());
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    }

    /** Watches until the test has ended, and returns where the watch is. */
    String watch(String body) {
        var reply = http.post(WATCHES, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        watches.add(reply.header("Location").orElseThrow());
        return watches.getLast();
    }

    String watch(String tree, int blocks) {
        return watch("{\"treeCid\": \"" + tree + "\", \"blockCount\": " + blocks + "}");
    }

    String ofBob(String path) {
        return PEERS + "/" + bob.id() + path;
    }

    JsonNode peer() {
        return http.get(ofBob("")).json();
    }

    JsonNode haveSet() {
        return http.get(ofBob("/have-set")).json();
    }
}
