package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import dev.peerscope.RunningService;

/** The command by which an operator confirms the clock. */
@RunningService
class AcceptClockTest {

    private static final String ACCEPT = "/api/v1/history/accept-clock";

    @LocalServerPort
    private int port;

    @Test
    void theClockIsConfirmedWithoutABodyInTheAnswerHoweverOften() {
        for (int i = 0; i < 2; i++) {
            var reply = new Http(port).send("POST", ACCEPT, null);

            assertThat(reply.status()).isEqualTo(204);
            assertThat(reply.text()).isEmpty();
        }
    }

    @Test
    void itIsACommandAndNoRead() {
        assertThat(new Http(port).get(ACCEPT).status()).isEqualTo(405);
        assertThat(new Http(port).send("POST", ACCEPT, null, "Origin", "http://example.org").status()).isEqualTo(403);
    }
}
