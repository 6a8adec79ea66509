package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.annotation.DirtiesContext;
import dev.peerscope.RunningService;
import dev.peerscope.journal.Delivery;
import dev.peerscope.journal.Subscription;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.view.Examples;

/** Streams that end for another reason than that their client is gone. */
@RunningService
@DirtiesContext
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class StoppedStreamsTest {

    private static final String DEFECT = "a defect of the journal";

    @LocalServerPort
    private int port;

    @Autowired
    private ExchangeNode node;

    @Autowired
    private EventStreams streams;

    @Test
    void whoFollowsADownloadSeesTheEndWhenTheNodeStops(CapturedOutput output) throws Exception {
        var http = new Http(port);
        String download = http.post("/api/v1/downloads", "{\"manifestCid\": \"" + Examples.MANIFEST_CID + "\"}")
                .header("Location").orElseThrow();
        try (var stream = http.stream(download + "/progress");
                var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("event:progress");

            node.close();

            assertThat(lines.lines()).doesNotContain("event:error");
        }
        assertThat(output).doesNotContain("ERROR", "\tat ");
    }

    @Test
    void aStreamEndsWithADefectThatIsLoggedOnce(CapturedOutput output) {
        var broken = new BrokenSubscription();

        var response = new MockHttpServletResponse();

        streams.answer(new MockHttpServletRequest("GET", "/stream"), response,
                () -> new ChangeStream(broken, Duration.ofSeconds(15)));

        assertThat(broken.closed).isTrue();
        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(output.getOut().split(DEFECT, -1)).hasSize(2);
    }

    private static final class BrokenSubscription implements Subscription {

        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public Delivery next(Duration timeout) {
            throw new UnsupportedOperationException(DEFECT);
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }
}
