package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.JsonNode;
import dev.peerscope.ReferenceDocument;
import dev.peerscope.RunningService;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.view.BitfieldTooLong;

/** The table of bounds, held to what the service tells, and the bounds on requests as clients meet them. */
@RunningService
class LimitsReferenceTest {

    private static final String UNKNOWN_BLOCK = Cid.v1(CodexCodec.BLOCK, Multihash.sha256(new byte[]{7})).toString();

    @LocalServerPort
    private int port;

    private Http http;

    @BeforeEach
    void client() {
        http = new Http(port);
    }

    @Test
    void theTableSaysWhatTheServiceSays() throws IOException {
        new ReferenceDocument("limits.md").isUpToDateWith(
                """
                        # Limits

                        Made from the source by `LimitsReferenceTest`. `GET /api/v1/limits` tells of each its setting, present use and how often it
                        was met; so do `peerscope_limit`, `peerscope_limit_used` and `peerscope_limit_met_total`. Of a bound for each peer or
                        connection, the use is that of the one that uses most. A bound on one message, frame or request has no use.

                        | limit | setting | use | what it bounds, and what meeting it costs |
                        |---|---|---|---|
                        """
                        + Arrays.stream(LimitName.values()).map(this::row).collect(Collectors.joining())
                        + """

                                Bounds of a format are no limits. Breaking one is a protocol violation, counted by `peerscope_peer_departures_total` and
                                listed by `GET /api/v1/connections/refused`: a line of multistream-select of 1,024 bytes, 64 proposals on one stream, a name of an mplex
                                stream of 1,024 bytes, 16,384 frames in a row that serve no stream, a varint of 9 bytes or, within a message, of 64 bits, an encoded proof of
                                4,096 bytes, a payment of 64 KiB, 1,024 fields in one message that the dialect does not know. Or it costs the record that breaks it, counted by
                                `peerscope_presence_records_total{outcome="rejected"}` or `peerscope_blocks_total{outcome="invalid"}`: a CID of
                                138 bytes, a price of 32.
                                """);
    }

    private String row(LimitName limit) {
        return "| `%s` | %s | %s | %s |%n".formatted(limit.text(), limit == LimitName.MEMORY
                ? "a quarter of the heap"
                : "%,d".formatted(told(limit).get("setting").asLong()),
                limit.isStanding() ? "yes" : "–", limit.sentence());
    }

    @Test
    void everyLimitIsToldOnceInTheOrderOfItsName() {
        var limits = http.get("/api/v1/limits").json().get("items");

        assertThat(limits.findValuesAsString("limit"))
                .containsExactlyElementsOf(Arrays.stream(LimitName.values()).map(LimitName::text).toList());
        assertThat(limits).allSatisfy(limit -> {
            assertThat(limit.get("setting").asLong()).isPositive();
            assertThat(limit.get("used").asLong()).isBetween(0L, limit.get("setting").asLong());
        });
    }

    @Test
    void aBodyThatIsTooLongIsCounted() {
        long before = met(LimitName.REQUEST_BODY);

        var refused = http.post("/api/v1/watches", "\"" + "x".repeat(RequestLimits.BODY_BYTES_MAX) + "\"");

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.json().get("limit").asString()).isEqualTo("request-body");
        assertThat(met(LimitName.REQUEST_BODY)).isEqualTo(before + 1);
    }

    @Test
    void moreCidsThanARequestMayNameAreCounted() {
        long before = met(LimitName.REQUEST_CIDS);
        var cids = String.join(",", Collections.nCopies(RequestLimits.CIDS_MAX + 1, "\"" + UNKNOWN_BLOCK + "\""));

        var refused = http.post("/api/v1/watches", "{\"cids\": [" + cids + "]}");

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.json().get("limit").asString()).isEqualTo("request-cids");
        assertThat(met(LimitName.REQUEST_CIDS)).isEqualTo(before + 1);
    }

    @Test
    void aBitfieldThatIsTooLongIsCounted() {
        var tally = new LimitRegister();

        var answer = new ProblemAdvice(new RequestLimits(tally)).handle(new BitfieldTooLong(9 << 20, 8 << 20),
                new MockHttpServletRequest());

        assertThat(answer.getStatusCode().value()).isEqualTo(413);
        assertThat(tally.use(LimitName.BITFIELD).met()).isEqualTo(1);
    }

    @Test
    void moreReadersOfProgressThanMayBeAreTurnedAwayUntilOneLeaves() throws Exception {
        String progress = http.post("/api/v1/downloads", "{\"cids\": [\"" + UNKNOWN_BLOCK + "\"]}").header("Location")
                .orElseThrow();
        long before = met(LimitName.PROGRESS_READERS);
        List<InputStream> readers = new ArrayList<>();
        for (int i = 0; i < RequestLimits.PROGRESS_READERS_MAX; i++) {
            readers.add(http.stream(progress + "/progress"));
        }
        assertThat(told(LimitName.PROGRESS_READERS).get("used").asLong()).isEqualTo(100);

        var refused = http.get(progress + "/progress");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().get("limit").asString()).isEqualTo("progress-readers");
        assertThat(met(LimitName.PROGRESS_READERS)).isEqualTo(before + 1);
        http.delete(progress);
        await().until(() -> told(LimitName.PROGRESS_READERS).get("used").asLong() == 0);
        for (var reader : readers) {
            reader.close();
        }
        http.delete(progress);
    }

    private long met(LimitName limit) {
        return told(limit).get("met").asLong();
    }

    private JsonNode told(LimitName limit) {
        for (var one : new Http(port).get("/api/v1/limits").json().get("items")) {
            if (one.get("limit").asString().equals(limit.text())) {
                return one;
            }
        }
        throw new AssertionError("there is no " + limit);
    }
}
