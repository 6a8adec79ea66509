package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import dev.peerscope.peer.PeerId;
import dev.peerscope.peer.SignedPeerRecord;

/** What the API shows of another node that really is there. */
class LivePeerTest extends WithAnotherNode {

    @Test
    void aPeerIsCreatedByADialAndFoundConnectedByTheNext() {
        var first = http.post(PEERS, bob.dialRequest());
        var second = http.post(PEERS, bob.dialRequest());

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(first.header("Location")).contains(PEERS + "/" + bob.id());
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().get("peerId").asString()).isEqualTo(bob.id());
        assertThat(peer().get("direction").asString()).isEqualTo("outbound");
        assertThat(http.get(PEERS).json().get("items").findValuesAsString("peerId")).contains(bob.id());
    }

    @Test
    void aPeerIsDialledByTheRecordThatItSigned() {
        var dialled = http.post(PEERS, "{\"address\": \"" + bob.record() + "\"}");

        assertThat(dialled.status()).as(dialled.text()).isEqualTo(201);
        assertThat(dialled.json().get("peerId").asString()).isEqualTo(bob.id());
    }

    @Test
    void aRecordThatWasTamperedWithIsNotDialled() {
        var bytes = bob.record().encode();
        bytes[bytes.length - 1] ^= 1;

        var refused = http.post(PEERS, "{\"address\": \"" + SignedPeerRecord.decode(bytes) + "\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("detail").asString()).contains("signature");
    }

    @Test
    void aRefusedConnectionIsListedAndCountedByItsReason() {
        double before = wrongPeers();

        http.post(PEERS, "{\"address\": \"" + bob.node().addresses().getFirst() + "/p2p/"
                + PeerId.ofPublicKey(new byte[36]) + "\"}");

        assertThat(http.get("/api/v1/connections/refused").json().get("items")).anySatisfy(refused -> {
            assertThat(refused.get("reason").asString()).isEqualTo("wrong-peer");
            assertThat(refused.get("direction").asString()).isEqualTo("outbound");
        });
        assertThat(wrongPeers()).isEqualTo(before + 1);
    }

    private double wrongPeers() {
        String series = "peerscope_connections_refused_total{reason=\"wrong-peer\"} ";
        return http.get("/actuator/prometheus").text().lines().filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length()))).findFirst().orElseThrow();
    }

    @Test
    void whatIdentifyTellsIsShown() {
        dial();

        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(strings(peer().get("protocols"))).contains("/codex/blockexc/1.0.0"));
        assertThat(peer().get("agent").asString()).isEqualTo(bob.node().agent());
        assertThat(http.get(PEERS + "?agent=" + bob.node().agent()).json().get("items")).isNotEmpty();
        assertThat(http.get(PEERS + "?agent=nobody-is-called-so").json().get("items")).isEmpty();
        assertThat(http.get(PEERS + "/summary").json().at("/byState/connected").asInt()).isPositive();
    }

    @Test
    void anAgentWithoutANameCountsAsUnknown() {
        try (var nameless = new RemotePeer("/")) {
            String peer = http.post(PEERS, nameless.dialRequest()).header("Location").orElseThrow();
            await().atMost(PATIENCE).until(() -> "/".equals(http.get(peer).json().path("agent").asString()));

            assertThat(http.get(PEERS + "/summary").json().get("byAgent").propertyNames()).contains("unknown")
                    .doesNotContain("");
        }
    }

    @Test
    void aWatchShowsWhatThePeerHasAndDeniesInEveryForm() {
        String tree = bob.has(11).treeCid().toString();
        dial();
        watch(tree, 16);

        await().atMost(PATIENCE).until(() -> haveSet().at("/denied/blockCount").asInt() == 5
                && haveSet().get("blockCount").asInt() == 11);

        var dataset = haveSet().get("datasets").get(0);
        assertThat(dataset.get("treeCid").asString()).isEqualTo(tree);
        assertThat(dataset.get("ranges").asString()).isEqualTo("0-10");
        assertThat(dataset.get("blockCount").asLong()).isEqualTo(11);
        assertThat(dataset.get("totalBlocks").asLong()).isEqualTo(16);
        assertThat(dataset.get("rangesTruncated").asBoolean()).isFalse();
        assertThat(dataset.get("price").asString()).isEqualTo("0");
        assertThat(dataset.get("priceMixed").asBoolean()).isFalse();
        assertThat(strings(http.get(ofBob("/have-set/cids")).json().get("items"))).containsExactly(tree);
        assertThat(http.get(ofBob("/have-set/datasets/" + tree)).json().get("ranges").asString()).isEqualTo("0-10");
        assertThat(http.get(ofBob("/have-set/datasets/" + tree), "Accept", "application/octet-stream").response()
                .body()).containsExactly(0xff, 0b1110_0000);
        assertThat(http.get(ofBob("/have-set/blocks/" + tree + "/10")).json().get("state").asString())
                .isEqualTo("have");
        assertThat(http.get(ofBob("/have-set/blocks/" + tree + "/11")).json().get("state").asString())
                .isEqualTo("dontHave");
        assertThat(http.get(ofBob("/have-set/blocks/" + tree + "/16")).json().get("state").asString())
                .isEqualTo("unknown");
        assertThat(peer().get("haveCount").asLong()).isEqualTo(11);
        assertThat(peer().get("deniedCount").asLong()).isEqualTo(5);
    }

    @Test
    void pagesOfAHaveSetFollowEachOther() {
        String tree = bob.has(7).treeCid().toString();
        dial();
        watch(tree, 7);
        await().atMost(PATIENCE).until(() -> haveSet().get("blockCount").asInt() == 7);

        List<Long> indices = new ArrayList<>();
        String cursor = "";
        do {
            var page = http.get(ofBob("/have-set/blocks?limit=3&cursor=" + cursor)).json();
            page.get("items").forEach(item -> indices.add(item.at("/address/index").asLong()));
            assertThat(page.get("items").size()).isLessThanOrEqualTo(3);
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        assertThat(indices).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        String tree = bob.has(7).treeCid().toString();
        dial();
        watch(tree, 7);
        await().atMost(PATIENCE).until(() -> haveSet().get("blockCount").asInt() == 7);
        var cursor = http.get(ofBob("/have-set/blocks?limit=3")).json().get("nextCursor").asString();

        var reply = http.get("/api/v1/want-list?cursor=" + cursor);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("type").asString()).isEqualTo("urn:peerscope:problem:malformed-cursor");
    }

    @Test
    void aBlockTellsWhoHasAndWhoDeniedIt() {
        String tree = bob.has(3).treeCid().toString();
        dial();
        String watch = watch(tree, 4);
        await().atMost(PATIENCE).until(() -> haveSet().at("/denied/blockCount").asInt() == 1
                && haveSet().get("blockCount").asInt() == 3);

        var had = http.get("/api/v1/blocks/" + tree + "/2/peers").json();
        var denied = http.get("/api/v1/blocks/" + tree + "/3/peers").json();

        assertThat(had.get("wantedByUs").asBoolean()).isTrue();
        assertThat(had.get("heldByUs").asBoolean()).isFalse();
        assertThat(had.get("holders").findValuesAsString("peerId")).containsExactly(bob.id());
        assertThat(had.at("/cheapest/peerId").asString()).isEqualTo(bob.id());
        assertThat(strings(denied.get("deniers"))).containsExactly(bob.id());
        assertThat(denied.has("cheapest")).isFalse();
        assertThat(http.get(watch).json().get("holders").asInt()).isEqualTo(1);
    }

    @Test
    void whatAWatchBringsAndItsEndTakesIsToldAsChanges() {
        String tree = bob.has(5).treeCid().toString();
        dial();
        String watch = watch(tree, 6);
        await().atMost(PATIENCE).until(() -> haveSet().at("/denied/blockCount").asInt() == 1);

        http.delete(watch);

        // They are shown one by one, as they are kept.
        await().atMost(PATIENCE).until(() -> changes("").size() == 4);
        var added = changes("change=added").get(0);
        assertThat(added.get("reason").asString()).isEqualTo("announced");
        assertThat(added.at("/blocks/treeCid").asString()).isEqualTo(tree);
        assertThat(added.at("/blocks/ranges").asString()).isEqualTo("0-4");
        assertThat(added.at("/blocks/count").asLong()).isEqualTo(5);
        assertThat(added.get("previousState").asString()).isEqualTo("unknown");
        assertThat(changes("change=denied").get(0).get("reason").asString()).isEqualTo("dont-have-received");
        assertThat(changes("change=removed").get(0).get("reason").asString()).isEqualTo("released");
        assertThat(changes("change=undenied").get(0).at("/blocks/ranges").asString()).isEqualTo("5");
        assertThat(sequences("order=oldest")).isSorted();
        assertThat(sequences("")).isEqualTo(sequences("order=oldest").reversed());
    }

    @Test
    void aDisconnectedPeerIsRememberedWithEmptySets() {
        String tree = bob.has(5).treeCid().toString();
        dial();
        watch(tree, 5);
        await().atMost(PATIENCE).until(() -> haveSet().get("blockCount").asInt() == 5);

        assertThat(http.delete(PEERS + "/" + bob.id()).status()).isEqualTo(204);

        await().atMost(PATIENCE).until(() -> "departed".equals(peer().path("state").asString()));
        assertThat(peer().get("departureReason").asString()).isEqualTo("operator");
        assertThat(peer().get("haveCount").asLong()).isZero();
        assertThat(haveSet().get("blockCount").asLong()).isZero();
        assertThat(http.get(ofBob("/want-list")).json().get("items")).isEmpty();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(changes("reason=operator"))
                .extracting(change -> change.get("change").asString()).containsExactly("removed"));
        assertThat(http.send("POST", ofBob("/refresh"), null).status()).isEqualTo(409);
        assertThat(http.delete(PEERS + "/" + bob.id()).status()).isEqualTo(409);
        assertThat(http.get(PEERS + "?state=departed").json().get("items").findValuesAsString("peerId"))
                .contains(bob.id());
        assertThat(http.get(PEERS).json().get("items").findValuesAsString("peerId")).doesNotContain(bob.id());
    }

    @Test
    void aConnectedPeerCanBeAskedAgain() {
        dial();

        assertThat(http.send("POST", ofBob("/refresh"), null).status()).isEqualTo(202);
    }

    @Test
    void aDownloadOfAManifestBringsTheBlocks() {
        var dataset = bob.has(9);
        dial();

        var created = http.post("/api/v1/downloads", "{\"manifestCid\": \"" + dataset.manifestCid() + "\"}");

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String location = created.header("Location").orElseThrow();
        await().atMost(PATIENCE).until(() -> "done".equals(http.get(location).json().get("state").asString()));
        var done = http.get(location).json();
        assertThat(done.get("blocksDone").asLong()).isEqualTo(done.get("blocksTotal").asLong()).isPositive();
        assertThat(done.get("bytesTotal").asLong()).isEqualTo(9 * 1024);
        assertThat(done.has("finishedAt")).isTrue();
        assertThat(peer().get("blocksReceived").asLong()).isGreaterThanOrEqualTo(9);
        var leaf = http.get("/api/v1/blocks/" + dataset.treeCid() + "/8/peers").json();
        assertThat(leaf.get("heldByUs").asBoolean()).isTrue();
    }

    @Test
    void whatAPeerHadCanBeReadAfterItIsGone() {
        String tree = bob.has(9).treeCid().toString();
        dial();
        watch(tree, 12);
        await().atMost(PATIENCE).until(() -> haveSet().at("/denied/blockCount").asInt() == 3
                && haveSet().get("blockCount").asLong() == 9);
        var then = haveSet();
        var at = Instant.now();

        assertThat(http.send("DELETE", PEERS + "/" + bob.id(), null).status()).isEqualTo(204);
        await().atMost(PATIENCE).until(() -> haveSet().get("blockCount").asLong() == 0);

        // Told when it is kept.
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(http.get(ofBob("/have-set?at=" + at)).json()).isEqualTo(then);
            assertThat(http.get(ofBob("/have-set?at=" + Instant.now())).json()).isEqualTo(haveSet());
        });
        var before = http.get(ofBob("/have-set?at=2001-01-01T00:00:00Z"));
        assertThat(before.status()).isEqualTo(404);
        assertThat(before.json().get("type").asString()).endsWith("history-not-kept");
        var earliest = Instant.parse(before.json().get("earliest").asString());
        assertThat(http.get(ofBob("/have-set?at=" + earliest)).status()).isEqualTo(200);
    }

    @Test
    void whoHasTheStateAlreadyIsToldThatNothingChanged() {
        var first = http.get("/api/v1/presence-changes?order=oldest&limit=1");
        var etag = first.header("ETag").orElseThrow();

        var second = http.get("/api/v1/presence-changes?order=oldest&limit=1", "If-None-Match", etag);

        assertThat(etag).startsWith("W/\"");
        assertThat(second.status()).isEqualTo(304);
        assertThat(second.response().body()).isEmpty();
    }

    @Test
    void theHeadersAloneAreThoseOfTheWholeRead() {
        var read = http.get("/api/v1/presence-changes?order=oldest&limit=1");

        var head = http.send("HEAD", "/api/v1/presence-changes?order=oldest&limit=1", null);
        var again = http.send("HEAD", "/api/v1/presence-changes?order=oldest&limit=1", null, "If-None-Match",
                read.header("ETag").orElseThrow());

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("ETag")).isEqualTo(read.header("ETag")).isPresent();
        assertThat(head.header("Content-Type")).isEqualTo(read.header("Content-Type"));
        assertThat(head.response().body()).isEmpty();
        assertThat(again.status()).isEqualTo(304);
    }

    private JsonNode changes(String query) {
        return http.get(ofBob("/presence-changes?" + query)).json().get("items");
    }

    private List<Long> sequences(String query) {
        List<Long> sequences = new ArrayList<>();
        changes(query).forEach(change -> sequences.add(change.get("sequence").asLong()));
        return sequences;
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(item -> strings.add(item.asString()));
        return strings;
    }
}
