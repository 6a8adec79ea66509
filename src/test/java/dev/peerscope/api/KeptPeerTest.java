package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import dev.peerscope.Patience;
import dev.peerscope.RunningService;

/** A peer that the configuration names by the record that it signed. */
@RunningService
@DirtiesContext
class KeptPeerTest {

    private static final Duration PATIENCE = Patience.LONG;
    private static final RemotePeer BOB = new RemotePeer();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void keepBobConnected(DynamicPropertyRegistry properties) {
        properties.add("peerscope.connect", () -> BOB.record().toString());
    }

    @AfterAll
    static void stopBob() {
        BOB.close();
    }

    @Test
    void itIsConnectedAtTheStartAndAgainAfterItWasDisconnected() {
        var http = new Http(port);
        String bob = "/api/v1/peers/" + BOB.id();
        await().atMost(PATIENCE).until(() -> http.get(bob).status() == 200);
        String first = connectedAt(http, bob);

        assertThat(http.delete(bob).status()).isEqualTo(204);

        await().atMost(PATIENCE).untilAsserted(() -> {
            var again = http.get(bob).json();
            assertThat(again.get("state").asString()).isEqualTo("connected");
            assertThat(again.get("connectedAt").asString()).isGreaterThan(first);
        });
    }

    private static String connectedAt(Http http, String peer) {
        return http.get(peer).json().get("connectedAt").asString();
    }
}
