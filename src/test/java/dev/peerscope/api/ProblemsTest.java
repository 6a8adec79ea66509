package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import dev.peerscope.RunningService;
import dev.peerscope.block.Cid;
import dev.peerscope.view.Examples;

/** What each kind of bad input is answered with. */
@RunningService
class ProblemsTest {

    private static final String PEERS = "/api/v1/peers";
    private static final String PEER = PEERS + "/" + Examples.PEER_ID;
    private static final String CHANGES = "/api/v1/presence-changes";
    private static final String WATCHES = "/api/v1/watches";
    private static final String TREE = Examples.TREE_CID;

    @LocalServerPort
    private int port;

    /** A request, and the problem that answers it. */
    record Case(String method, String path, String body, int status, String type, String detail) {

        static Case get(String path, int status, String type, String detail) {
            return new Case("GET", path, null, status, type, detail);
        }

        static Case post(String path, String body, int status, String type, String detail) {
            return new Case("POST", path, body, status, type, detail);
        }

        @Override
        public String toString() {
            return method + " " + path + (body == null ? "" : " " + (body.length() > 80 ? "…" : body)) + " → " + type;
        }
    }

    static Stream<Case> parameters() {
        return Stream.of(Case.get(PEERS + "?limit=0", 400, "malformed-limit", "limit: '0' is out of range"),
                Case.get(PEERS + "?limit=1001", 400, "malformed-limit", "expected 1 to 1000"),
                Case.get(PEERS + "?limit=ten", 400, "malformed-limit", "limit: 'ten' is no number"),
                Case.get(PEERS + "?cursor=%00", 400, "malformed-cursor", "cursor: expected the nextCursor"),
                Case.get(PEERS + "?cursor=AXBlZXJz", 400, "malformed-cursor", "cursor: expected the nextCursor"),
                Case.get(WATCHES + "?limit=0", 400, "malformed-limit", "expected 1 to 1000"),
                Case.get("/api/v1/downloads?cursor=x", 400, "malformed-cursor", "cursor: expected the nextCursor"),
                Case.get(PEERS + "?sort=colour", 400, "unknown-value", "sort: 'colour' is unknown; expected one of"),
                Case.get(PEERS + "?sort=--haveCount", 400, "unknown-value", "connectedAt, haveCount"),
                Case.get(PEERS + "?state=asleep", 400, "unknown-value", "connected, departed, all"),
                Case.get(PEERS + "?state=CONNECTED", 400, "unknown-value", "connected, departed, all"),
                Case.get(PEERS + "?agent=%FF", 400, "malformed-parameter", "percent-encoded"),
                Case.get(PEERS + "?limt=5", 400, "malformed-parameter",
                        "limt: there is no such parameter here; expected agent, cursor, limit, sort, state"),
                Case.get(PEERS + "/summary?limit=5", 400, "malformed-parameter", "none is expected"),
                Case.get(PEERS + "?limit=5&limit=6", 400, "malformed-parameter", "limit: given 2 times"),
                Case.get(PEERS + "?state=all&state=all", 400, "malformed-parameter", "state: given 2 times"),
                Case.get(CHANGES + "/stream?until=2026-11-22T09:30:00Z", 400, "malformed-parameter",
                        "until: there is no such parameter here; expected change, peerId, treeCid"),
                new Case("DELETE", PEER + "?force=1", null, 400, "malformed-parameter", "force: "),
                Case.get(CHANGES + "?since=2026-11-22T09:30:01Z&until=2026-11-22T09:30:00Z", 400, "malformed-time",
                        "since: 2026-11-22T09:30:01Z is after until"),
                Case.get(PEERS + "/alice", 400, "malformed-peer-id", "peerId: 'alice' is not a peer id"),
                Case.get(PEER + "/have-set/blocks/zzz", 400, "malformed-cid", "cid: 'zzz' is no CID"),
                Case.get(PEER + "/have-set/blocks/" + TREE + "/-1", 400, "malformed-index", "index: '-1'"),
                Case.get(PEER + "/have-set/blocks/" + TREE + "/1.5", 400, "malformed-index", "a whole number"),
                Case.get(PEER + "/have-set/blocks/" + TREE + "/9223372036854775808", 400, "malformed-index", "2^63-1"),
                Case.get(PEER + "/have-set/blocks?treeCid=abc", 400, "malformed-cid", "treeCid: 'abc'"),
                Case.get("/api/v1/datasets?limit=0", 400, "malformed-limit", "limit: '0' is out of range"),
                Case.get("/api/v1/datasets/nope", 400, "malformed-cid", "treeCid: 'nope'"),
                Case.get("/api/v1/datasets/" + TREE, 404, "unknown-dataset", "see GET /api/v1/datasets"),
                Case.get("/api/v1/datasets/" + TREE + "/availability", 404, "unknown-dataset", TREE),
                Case.get("/api/v1/datasets/" + TREE + "/availability?buckets=0", 400, "malformed-limit",
                        "buckets: '0' is out of range; expected 1 to 1000"),
                Case.get("/api/v1/downloads/none/progress", 404, "unknown-download", "there is no download none"),
                Case.get("/api/v1/blocks/nope/peers", 400, "malformed-cid", "cid: 'nope'"),
                Case.get("/api/v1/blocks/" + TREE + "/x/peers", 400, "malformed-index", "index: 'x'"),
                Case.get(CHANGES + "?since=yesterday", 400, "malformed-time", "since: 'yesterday' is no instant"),
                Case.get(CHANGES + "?until=2026-13-01T00:00:00Z", 400, "malformed-time", "until: "),
                Case.get(PEER + "/have-set?at=noon", 400, "malformed-time", "at: 'noon' is no instant"),
                Case.get(PEER + "/have-set?at=2999-01-01T00:00:00Z", 400, "malformed-time", "is yet to come"),
                Case.get(PEER + "/have-set?at=2001-01-01T00:00:00Z", 404, "unknown-peer", Examples.PEER_ID),
                Case.get(CHANGES + "?change=vanished", 400, "unknown-value", "added, removed, repriced, denied"),
                Case.get(CHANGES + "?reason=ANNOUNCED", 400, "unknown-value", "announced, price-changed"),
                Case.get(CHANGES + "?reason=released,bored", 400, "unknown-value", "'bored' is unknown"),
                Case.get(CHANGES + "?order=random", 400, "unknown-value", "newest, oldest"),
                Case.get(CHANGES + "?peerId=bob", 400, "malformed-peer-id", "peerId: 'bob'"),
                Case.get(CHANGES + "/first", 400, "malformed-sequence", "sequence: 'first'"));
    }

    static Stream<Case> unknownThings() {
        return Stream.of(Case.get(PEER, 404, "unknown-peer", "GET /api/v1/peers?state=all"),
                Case.get(PEER + "/have-set", 404, "unknown-peer", Examples.PEER_ID),
                Case.get(PEER + "/have-set/blocks", 404, "unknown-peer", Examples.PEER_ID),
                Case.get(PEER + "/have-set/cids", 404, "unknown-peer", Examples.PEER_ID),
                Case.get(PEER + "/have-set/datasets/" + TREE, 404, "unknown-peer", Examples.PEER_ID),
                Case.get(PEER + "/have-set/blocks/" + TREE + "/3", 404, "unknown-peer", Examples.PEER_ID),
                Case.get(PEER + "/want-list", 404, "unknown-peer", Examples.PEER_ID),
                Case.get(PEER + "/want-list/cids", 404, "unknown-peer", Examples.PEER_ID),
                Case.get(PEER + "/presence-changes", 404, "unknown-peer", Examples.PEER_ID),
                new Case("DELETE", PEER, null, 404, "unknown-peer", Examples.PEER_ID),
                new Case("POST", PEER + "/refresh", null, 404, "unknown-peer", Examples.PEER_ID),
                Case.get(CHANGES + "/987654321", 404, "unknown-change", "987654321"),
                Case.get(WATCHES + "/w1", 404, "unknown-watch", "GET /api/v1/watches"),
                new Case("DELETE", WATCHES + "/w1", null, 404, "unknown-watch", "w1"),
                Case.get("/api/v1/downloads/d1", 404, "unknown-download", "GET /api/v1/downloads"),
                new Case("DELETE", "/api/v1/downloads/d1", null, 404, "unknown-download", "d1"),
                Case.get("/api/v1/pears", 404, "unknown-path", "/swagger-ui.html"),
                Case.get("/api/v1/metrics/peers", 404, "unknown-path", "/api/v1/metrics/peers"),
                Case.get("/nothing", 404, "unknown-path", "/nothing"));
    }

    static Stream<Case> bodies() {
        return Stream.of(Case.post(PEERS, "{bad", 400, "malformed-body", "line 1, column"),
                Case.post(PEERS, "", 400, "malformed-body", "a JSON object is expected"),
                Case.post(PEERS, "{}", 400, "malformed-body", "'address' is missing"),
                Case.post(PEERS, "[]", 400, "malformed-body", "a JSON object is expected"),
                Case.post(PEERS, "\"x\"", 400, "malformed-body", "a JSON object is expected"),
                Case.post(WATCHES, "7", 400, "malformed-body", "a JSON object is expected"),
                Case.post(PEERS, "{\"adress\": \"x\"}", 400, "malformed-body", "'adress'; expected address"),
                Case.post(PEERS, "{\"address\": \"x\", \"address\": \"y\"}", 400, "malformed-body", "twice"),
                Case.post(PEERS, "{\"address\": 7}", 400, "malformed-body", "'address' has a value of the wrong kind"),
                Case.post(PEERS, "{\"address\": \"here\"}", 400, "malformed-address", "address: "),
                Case.post(PEERS, "{\"address\": \"/ip4/1.2.3.4\"}", 400, "malformed-address", "/ip4/…/tcp/…"),
                Case.post(PEERS, "{\"address\": \"/ip4/1.2.3.4/udp/7\"}", 400, "malformed-address", "/ip4/…/tcp/…"),
                Case.post(PEERS, "{\"address\": \"/ip4/1.2.3.400/tcp/7\"}", 400, "malformed-address", "address: "),
                Case.post(PEERS, "{\"address\": \"spr:AAAA\"}", 400, "malformed-address", "address: "),
                Case.post(PEERS, "{\"address\": \"/ip4/127.0.0.1/tcp/1\"}", 502, "dial-failed", "connect: "),
                Case.post(WATCHES, "{}", 400, "malformed-body", "give either manifestCid"),
                Case.post(WATCHES, content("\"treeCid\": \"" + TREE + "\""), 400, "malformed-body", "found treeCid"),
                Case.post(WATCHES, content("\"blockCount\": 3"), 400, "malformed-body", "found blockCount"),
                Case.post(WATCHES, content("\"treeCid\": \"" + TREE + "\", \"blockCount\": 0"), 400, "malformed-body",
                        "blockCount: a tree has at least 1 leaf"),
                Case.post(WATCHES, content("\"treeCid\": \"" + TREE + "\", \"blockCount\": 1.5"), 400, "malformed-body",
                        "'blockCount' has a value of the wrong kind"),
                Case.post(WATCHES, content("\"treeCid\": \"" + TREE + "\", \"blockCount\": \"8\""), 400,
                        "malformed-body", "'blockCount' has a value of the wrong kind"),
                Case.post(WATCHES, content("\"treeCid\": \"" + TREE + "\", \"blockCount\": 8, \"ranges\": \"1\""), 400,
                        "malformed-body", "found treeCid,blockCount,ranges"),
                Case.post(WATCHES, content("\"treeCid\": \"" + TREE + "\", \"ranges\": \"9-1\""), 400, "malformed-body",
                        "ranges: "),
                Case.post(WATCHES, content("\"treeCid\": \"" + TREE + "\", \"ranges\": \"\""), 400, "malformed-body",
                        "ranges: "),
                Case.post(WATCHES, content("\"treeCid\": \"tree\", \"blockCount\": 8"), 400, "malformed-cid",
                        "treeCid: "),
                Case.post(WATCHES, content("\"manifestCid\": \"\""), 400, "malformed-cid", "manifestCid: "),
                Case.post(WATCHES, content("\"cids\": []"), 400, "malformed-body", "expected 1 to 10000 CIDs, found 0"),
                Case.post(WATCHES, content("\"cids\": [" + "\"\",".repeat(RequestLimits.CIDS_MAX) + "\"\"]"), 413,
                        "too-large", "expected 1 to 10000 CIDs, found 10001"),
                Case.post(WATCHES, content("\"cids\": [null]"), 400, "malformed-body", "cids[0]: expected a CID"),
                Case.post(WATCHES, content("\"cids\": [\"x\"]"), 400, "malformed-cid", "cids[0]: "),
                Case.post(WATCHES, content("\"manifestCid\": \"" + Examples.BLOCK_CID + "\""), 422, "unusable-content",
                        Examples.BLOCK_CID),
                Case.post(WATCHES, content("\"cids\": [\"" + Examples.BLOCK_CID + "\", \"bafkqaaa\"]"), 422,
                        "unusable-content", Cid.parse("bafkqaaa") + " goes by the hash identity"),
                Case.post("/api/v1/downloads", content("\"cids\": [\"bafkqaaa\"]"), 422, "unusable-content",
                        "give the CID of the same content by sha2-256"),
                Case.post("/api/v1/downloads", "{}", 400, "malformed-body", "give either manifestCid"),
                Case.post(PEERS, "\"" + "x".repeat(RequestLimits.BODY_BYTES_MAX) + "\"", 413, "too-large", "1048576"),
                Case.post(WATCHES, "\"" + "x".repeat(RequestLimits.BODY_BYTES_MAX) + "\"", 413, "too-large",
                        "1048576"));
    }

    private static String content(String fields) {
        return "{" + fields + "}";
    }

    @ParameterizedTest
    @MethodSource({"parameters", "unknownThings", "bodies"})
    void badInputIsAnsweredWithTheDocumentedProblem(Case bad) {
        var http = new Http(port);

        var reply = bad.body() == null ? http.send(bad.method(), bad.path(), null)
                : http.send(bad.method(), bad.path(), bad.body(), "Content-Type", "application/json");

        assertThat(reply.status()).as(reply.text()).isEqualTo(bad.status());
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        var problem = reply.json();
        assertThat(problem.get("type").asString()).isEqualTo("urn:peerscope:problem:" + bad.type());
        assertThat(problem.get("status").asInt()).isEqualTo(bad.status());
        assertThat(problem.get("title").asString()).isNotBlank();
        assertThat(problem.get("detail").asString()).contains(bad.detail()).doesNotContain("Exception",
                "dev.peerscope");
    }

    @Test
    void aDialOfOurselvesIsRefusedAsSuch() {
        var http = new Http(port);
        var node = http.get("/api/v1/node").json();
        var address = node.get("addresses").get(0).asString() + "/p2p/" + node.get("peerId").asString();

        var reply = http.post(PEERS, "{\"address\": \"" + address + "\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("type").asString()).isEqualTo("urn:peerscope:problem:dialling-ourselves");
    }

    @Test
    void aFailedDialNamesItsStep() {
        var reply = new Http(port).post(PEERS, "{\"address\": \"/ip4/127.0.0.1/tcp/1\"}");

        assertThat(reply.json().get("step").asString()).isEqualTo("connect");
    }

    @Test
    void anotherMethodIsAnsweredWithThoseThatArePossible() {
        var reply = new Http(port).send("PUT", PEER, null);

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.json().get("type").asString()).isEqualTo("urn:peerscope:problem:method-not-allowed");
        assertThat(reply.header("Allow").orElse("").split(", ?")).containsExactlyInAnyOrder("GET", "DELETE");
    }

    /** The container refuses it before any of our code is asked. */
    @Test
    void aMethodThatIsNeverPossibleIsNamed() {
        var reply = new Http(port).send("TRACE", PEERS, null);

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.json().get("type").asString()).isEqualTo("urn:peerscope:problem:method-not-allowed");
        assertThat(reply.json().get("detail").asString()).startsWith("TRACE is not possible here");
    }

    @Test
    void aQueryThatIsNotPercentEncodedIsTheClientsFault() throws Exception {
        String answer = new Http(port).raw("GET /api/v1/peers?agent=%zz");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("malformed-parameter", "percent-encoded");
    }

    @ParameterizedTest
    @ValueSource(strings = {PEERS + "/%00", PEERS + "/x%2Fy", PEERS + "/%zz", PEERS + "/..%5c", "/nothing/%00"})
    void aPathThatTheContainerCannotReadIsAnsweredWithAProblem(String path) throws Exception {
        String answer = new Http(port).raw("GET " + path);

        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json",
                "urn:peerscope:problem:malformed-parameter").doesNotContain("<html", "Tomcat");
    }

    @Test
    void anotherMediaTypeIsRefusedBothWays() {
        var http = new Http(port);

        var sent = http.send("POST", PEERS, "address", "Content-Type", "text/plain");
        var asked = http.get("/api/v1/node", "Accept", "image/png");

        assertThat(sent.status()).isEqualTo(415);
        assertThat(sent.json().get("type").asString()).isEqualTo("urn:peerscope:problem:unsupported-media-type");
        assertThat(asked.status()).isEqualTo(406);
        assertThat(asked.json().get("type").asString()).isEqualTo("urn:peerscope:problem:not-acceptable");
    }

    @Test
    void aMalformedLastEventIdIsRefusedBeforeTheStreamBegins() {
        for (var id : List.of("x", "-1", "9223372036854775808")) {
            var reply = new Http(port).get(CHANGES + "/stream", "Last-Event-ID", id);

            assertThat(reply.status()).as(id).isEqualTo(400);
            assertThat(reply.json().get("type").asString()).isEqualTo("urn:peerscope:problem:malformed-sequence");
        }
    }
}
