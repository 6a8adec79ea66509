package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import dev.peerscope.RunningService;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.Price;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.event.PresenceState;
import dev.peerscope.journal.PresenceJournal;
import dev.peerscope.peer.PeerId;
import dev.peerscope.view.Examples;

/** Clients hang up whenever they like. That is normal: nothing is logged above DEBUG, and nothing of them is left. */
@RunningService
@TestPropertySource(properties = "peerscope.metrics.peers=true")
@Timeout(600)
class HangUpsTest {

    private static final int TIMES = 100;
    private static final int CHANGES = 1_000;

    private final long seed = Long.getLong("peerscope.test.seed", System.nanoTime());
    private final LoudLines loud = new LoudLines();

    @LocalServerPort
    private int port;

    @Autowired
    private PresenceJournal journal;

    @BeforeEach
    void listen() {
        loud.start();
        root().addAppender(loud);
    }

    @AfterEach
    void listenNoMore() {
        root().detachAppender(loud);
    }

    @ParameterizedTest
    @CsvSource({"changes that happen, /api/v1/presence-changes/stream, 4000",
            "changes from the beginning, /api/v1/presence-changes/stream?since-the-beginning, 200000",
            "the progress of a download, /api/v1/downloads/%s/progress, 1000",
            "a large page, /api/v1/presence-changes?limit=1000, 200000",
            "a small page, /api/v1/watches, 500",
            "a problem, /api/v1/watches/none, 500",
            "a body that is cut off, POST /api/v1/watches, 10",
            "meters, /actuator/prometheus, 100000",
            "meters of peers, /api/v1/metrics/peers, 500",
            "the description of the API, /v3/api-docs, 100000",
            "a part of the page, /swagger-ui/swagger-ui-bundle.js, 2000000"})
    void aClientThatHangsUpIsNormal(String what, String path, int length, TestReporter reporter) throws Exception {
        reporter.publishEntry(Map.of("what", what, "seed", Long.toString(seed)));
        var random = new Random(seed);
        String download = new Http(port)
                .post("/api/v1/downloads", "{\"manifestCid\": \"" + Examples.MANIFEST_CID + "\"}")
                .json().get("id").asString();
        for (int i = journal.status().memory().lastSequence() > CHANGES ? CHANGES : 0; i < CHANGES; i++) {
            happens(i);
        }
        String request = path.formatted(download);
        if (!path.contains("stream") && !path.contains("progress") && !path.startsWith("POST")) {
            new Http(port).get(request);
        }
        loud.lines.clear();
        for (int round = 0; round < TIMES; round++) {
            hangUp(request, random.nextBoolean() ? random.nextInt(length) : random.nextInt(400), random);
            happens(round);
        }
        // What is written to whom is gone shows that it is gone.
        await().untilAsserted(() -> {
            happens(0);
            assertThat(used("stream-subscribers") + used("progress-readers")).isZero();
        });
        assertThat(loud.lines).as("%s, with -Dpeerscope.test.seed=%d", what, seed).isEmpty();
    }

    /** Reads so many bytes, or as many as there are, and ends the connection without a goodbye. */
    private void hangUp(String path, int bytes, Random random) throws IOException, InterruptedException {
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.setSoLinger(true, 0);
            socket.setSoTimeout(20);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            boolean post = path.startsWith("POST ");
            String request = (post ? path : "GET " + path.replace("?since-the-beginning", ""))
                    + " HTTP/1.1\r\nHost: localhost\r\n"
                    + (path.endsWith("beginning") ? "Last-Event-ID: 0\r\n" : "")
                    + (post ? "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{" : "\r\n");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            try {
                socket.getInputStream().readNBytes(bytes);
            } catch (java.net.SocketTimeoutException e) {
                // There was no more.
            }
            Thread.sleep(random.nextInt(3));
        }
    }

    private long used(String limit) {
        for (var one : new Http(port).get("/api/v1/limits").json().get("items")) {
            if (one.get("limit").asString().equals(limit)) {
                return one.get("used").asLong();
            }
        }
        throw new AssertionError("there is no limit " + limit);
    }

    private void happens(int number) {
        boolean gone = number % 2 == 1;
        journal.accept(new PresenceChanged(Instant.now(), PeerId.parse(Examples.OTHER_PEER_ID),
                gone ? PresenceChange.REMOVED : PresenceChange.ADDED,
                gone ? PresenceReason.RELEASED : PresenceReason.ANNOUNCED,
                new BlockSet.Leaves(Cid.parse(Examples.TREE_CID), BlockRanges.of(0, 9)),
                gone ? Optional.empty() : Optional.of(Price.of(5)), gone ? Optional.of(Price.of(5)) : Optional.empty(),
                gone ? PresenceState.HAVE : PresenceState.UNKNOWN));
    }

    private static ch.qos.logback.classic.Logger root() {
        return (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static final class LoudLines extends AppenderBase<ILoggingEvent> {

        final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
                var thrown = event.getThrowableProxy();
                lines.add(event.getLevel() + " " + event.getLoggerName() + ": " + event.getFormattedMessage()
                        + (thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown)));
            }
        }
    }
}
