package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import dev.peerscope.PeerscopeProperties;
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

/** The live stream over real HTTP; the changes are put into the journal, as the engine would. */
@RunningService
@Timeout(600)
class PresenceChangeStreamTest {

    private static final String CHANGES = "/api/v1/presence-changes";
    private static final String STREAM = CHANGES + "/stream";
    private static final String PEER = "/api/v1/peers/" + Examples.OTHER_PEER_ID;

    @LocalServerPort
    private int port;

    @Autowired
    private PresenceJournal journal;

    @Autowired
    private PeerscopeProperties properties;

    @Test
    void aChangeArrivesWithItsNumberItsKindAndItsData() throws Exception {
        try (var stream = open("")) {
            long sequence = happens(PresenceChange.ADDED);

            var event = stream.next();

            assertThat(event.id()).isEqualTo(sequence);
            assertThat(event.name()).isEqualTo("added");
            assertThat(event.data().get("sequence").asLong()).isEqualTo(sequence);
            assertThat(event.data().at("/blocks/ranges").asString()).isEqualTo("0-9");
            assertThat(event.data().get("price").asString()).isEqualTo("5");
        }
    }

    @Test
    void aReaderThatComesBackGoesOnWhereItWas() throws Exception {
        long first;
        try (var stream = open("")) {
            first = happens(PresenceChange.ADDED);
            assertThat(stream.next().id()).isEqualTo(first);
        }
        happens(PresenceChange.REMOVED);
        happens(PresenceChange.ADDED);
        try (var stream = open("", "Last-Event-ID", Long.toString(first))) {
            happens(PresenceChange.REMOVED);

            assertThat(stream.next().id()).isEqualTo(first + 1);
            assertThat(stream.next().id()).isEqualTo(first + 2);
            assertThat(stream.next().id()).isEqualTo(first + 3);
        }
    }

    @Test
    void aReaderAheadOfUsIsToldOfTheGapFirst() throws Exception {
        long last = happens(PresenceChange.ADDED);
        try (var stream = open("", "Last-Event-ID", "9000000000")) {

            var gap = stream.next();

            assertThat(gap.name()).isEqualTo("gap");
            assertThat(gap.data().get("from").asLong()).isEqualTo(1);
            assertThat(gap.data().get("to").asLong()).isGreaterThanOrEqualTo(last);
            assertThat(gap.data().get("reason").asString()).isEqualTo("ahead");
            assertThat(happens(PresenceChange.REMOVED)).isEqualTo(stream.next().id());
        }
    }

    @Test
    void aReaderGetsOnlyWhatItAskedFor() throws Exception {
        try (var stream = open("?change=removed,repriced&peerId=" + Examples.OTHER_PEER_ID + "&treeCid="
                + Examples.TREE_CID)) {
            happens(PresenceChange.ADDED);
            long removed = happens(PresenceChange.REMOVED);

            assertThat(stream.next().id()).isEqualTo(removed);
        }
    }

    @Test
    void aQuietStreamIsKeptAliveAndTheEndOfItsReaderIsNoticed() throws Exception {
        try (var stream = open("")) {
            assertThat(stream.nextComment()).isEqualTo("connected");
            assertThat(stream.nextComment()).isEqualTo("ping");
            assertThat(journal.status().subscribers()).isPositive();
        }
        await().until(() -> journal.status().subscribers() == 0);
    }

    @Test
    void whoAsksForTheHeadersAloneIsNoReader() {
        for (int i = 0; i < 3; i++) {
            var reply = new Http(port).send("HEAD", STREAM, null);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Content-Type")).contains("text/event-stream");
        }
        await().until(() -> journal.status().subscribers() == 0);
    }

    /** The same path for a controller, as is one with nothing to decode. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/presence-changes/%73tream", "/api/v1/presence-changes/stream;x=1"})
    void aStreamIsOneHoweverItsPathIsWritten(String path) throws Exception {
        try (var stream = openAt(path)) {
            long sequence = happens(PresenceChange.ADDED);

            assertThat(stream.next().id()).isEqualTo(sequence);
        }
        await().until(() -> journal.status().subscribers() == 0);
    }

    /** Another process holds the file, as a disk that cannot be written would. */
    @Test
    void whileTheHistoryCannotBeWrittenItsReadsAreRefusedItsStreamsWaitAndThePresentIsAnswered() throws Exception {
        var http = new Http(port);
        long last = happens(PresenceChange.ADDED);
        assertThat(http.get(CHANGES).status()).isEqualTo(200);
        try (var stream = open(""); var other = DriverManager.getConnection("jdbc:sqlite:" + history())) {
            other.setAutoCommit(false);
            other.createStatement().execute("UPDATE journal SET alive_at = alive_at");
            append(PresenceChange.REMOVED);
            await().until(() -> historyHealth().get("status").asString().equals("DEGRADED"));
            for (String path : List.of(CHANGES, CHANGES + "/" + last, PEER + "/presence-changes",
                    PEER + "/have-set?at=" + Instant.now())) {
                var refused = http.get(path);
                assertThat(refused.status()).as(path).isEqualTo(503);
                assertThat(refused.json().get("type").asString())
                        .isEqualTo("urn:peerscope:problem:history-unavailable");
                assertThat(refused.json().get("detail").asString()).contains("locked", "peerscope.data-directory",
                        "/actuator/health");
            }
            assertThat(http.get("/api/v1/peers").status()).isEqualTo(200);
            assertThat(historyHealth().at("/details/failure").asString()).contains("locked");
            assertThat(stream.nextComment()).isEqualTo("connected");
            assertThat(stream.nextComment()).isEqualTo("ping");
            other.rollback();

            assertThat(stream.next().id()).isEqualTo(last + 1);
            await().until(() -> historyHealth().get("status").asString().equals("UP"));
            assertThat(http.get(CHANGES).status()).isEqualTo(200);
        }
    }

    private JsonNode historyHealth() {
        return new Http(port).get("/actuator/health").json().at("/components/history");
    }

    private Path history() {
        return properties.dataDirectory().resolve("history.db");
    }

    private long happens(PresenceChange change) {
        append(change);
        long sequence = journal.status().memory().lastSequence();
        await().until(() -> journal.find(sequence).isPresent());
        return sequence;
    }

    private void append(PresenceChange change) {
        boolean gone = change == PresenceChange.REMOVED;
        journal.accept(new PresenceChanged(Instant.now(), PeerId.parse(Examples.OTHER_PEER_ID), change,
                gone ? PresenceReason.RELEASED : PresenceReason.ANNOUNCED,
                new BlockSet.Leaves(Cid.parse(Examples.TREE_CID), BlockRanges.of(0, 9)),
                gone ? Optional.empty() : Optional.of(Price.of(5)), gone ? Optional.of(Price.of(5)) : Optional.empty(),
                gone ? PresenceState.HAVE : PresenceState.UNKNOWN));
    }

    private EventReader open(String query, String... headers) throws Exception {
        return openAt(STREAM + query, headers);
    }

    private EventReader openAt(String path, String... headers) throws Exception {
        // The answer begins when the reader has its place.
        return new EventReader(new BufferedReader(new InputStreamReader(
                new Http(port).stream(path, headers), StandardCharsets.UTF_8)));
    }

    /** An event as the HTML standard's section on server-sent events frames it. */
    private record Event(long id, String name, JsonNode data) {}

    private record EventReader(BufferedReader lines) implements AutoCloseable {

        Event next() throws IOException {
            String id = "";
            String name = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data += line.substring(5).strip();
                } else if (line.isEmpty() && !data.isEmpty()) {
                    return new Event(Long.parseLong(id), name, JsonMapper.shared().readTree(data));
                }
            }
            throw new AssertionError("the stream ended");
        }

        String nextComment() throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    return line.substring(1).strip();
                }
            }
            throw new AssertionError("the stream ended");
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
