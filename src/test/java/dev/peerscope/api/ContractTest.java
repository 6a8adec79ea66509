package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.message.WantType;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.StoredDataset;

/** The fields that clients of peers, blocks and datasets rely on, by name. Others may be added. */
@Timeout(600)
class ContractTest extends WithAnotherNode {

    @Autowired
    private ExchangeNode node;

    private StoredDataset dataset;

    @Test
    void aPeer() {
        bobHasSome();
        for (JsonNode peer : List.of(peer(), http.get(PEERS).json().get("items").get(0))) {
            assertThat(peer.propertyNames()).contains("peerId", "address", "direction", "state", "agent", "protocols",
                    "connectedAt", "haveCount", "deniedCount", "wantCount", "requestedCount", "blocksReceived",
                    "blocksSent", "bytesReceived", "bytesSent", "lastExchangeAt", "interest", "knowledge");
            assertThat(peer.get("interest").propertyNames()).contains("ours", "theirs");
            assertThat(peer.get("knowledge").propertyNames()).contains("refreshInProgress", "backoffSeconds", "stale");
        }
        assertThat(http.get(PEERS + "/summary").json().propertyNames()).contains("byState", "byDirection", "byAgent",
                "presences", "wants");
    }

    @Test
    void aHaveSet() {
        bobHasSome();
        String tree = dataset.treeCid().toString();

        assertThat(haveSet().propertyNames()).contains("peerId", "blockCount", "datasets", "blocks", "denied");
        assertThat(haveSet().get("datasets").get(0).propertyNames()).contains("treeCid", "blockCount", "totalBlocks",
                "ranges", "rangesTruncated", "price", "priceMixed");
        assertThat(haveSet().get("blocks").get(0).propertyNames()).contains("cid", "price");
        assertThat(haveSet().get("denied").propertyNames()).contains("blockCount");
        var records = http.get(ofBob("/have-set/blocks")).json().get("items");
        assertThat(records).hasSize(6).allSatisfy(
                record -> assertThat(record.propertyNames()).contains("address", "price", "confirmedAt"));
        assertThat(records.get(0).get("address").propertyNames()).containsExactly("treeCid", "index");
        assertThat(records.get(5).get("address").propertyNames()).containsExactly("cid");
        assertThat(http.get(ofBob("/have-set/blocks?treeCid=" + tree)).json().get("items")).hasSize(5);
        assertThat(http.get(ofBob("/have-set/cids")).json().get("items")).hasSize(2);
        assertThat(http.get(ofBob("/have-set/datasets/" + tree)).json().get("items").get(0).asString())
                .isEqualTo("0-4");
        for (String block : List.of(tree + "/4", dataset.manifestCid().toString())) {
            var had = http.get(ofBob("/have-set/blocks/" + block)).json();
            assertThat(had.propertyNames()).contains("address", "state", "price", "confirmedAt");
            assertThat(had.get("state").asString()).isEqualTo("have");
        }
        assertThat(http.get(ofBob("/have-set/blocks/" + tree + "/5")).json().propertyNames()).contains("confirmedAt")
                .doesNotContain("price");
    }

    @Test
    void aWantList() throws Exception {
        bobHasSome();
        try (var alice = new TalkingPeer(node.addresses().getFirst())) {
            var nobodys = new BlockAddress.Standalone(Cid.v1(CodexCodec.BLOCK, Multihash.sha256(new byte[]{1, 2, 3})));
            alice.say(ExchangeMessage.of(new WantList(
                    List.of(new WantListEntry(nobodys, 3, false, WantType.BLOCK, false)), false)));
            String path = PEERS + "/" + alice.id() + "/want-list";
            await().atMost(PATIENCE).until(() -> http.get(path).json().path("items").size() == 1);

            var want = http.get(path).json().get("items").get(0);
            assertThat(want.propertyNames()).contains("address", "wantType", "priority", "sendDontHave", "since");
            assertThat(want.get("wantType").asString()).isEqualTo("wantBlock");
            assertThat(want.get("priority").asInt()).isEqualTo(3);
            assertThat(http.get(path + "/cids").json().get("items")).hasSize(1);
            assertThat(http.get(PEERS + "/" + alice.id()).json().at("/interest/theirs").asBoolean()).isTrue();
        }
        var ours = http.get("/api/v1/want-list").json().get("items");
        assertThat(ours.size()).isGreaterThanOrEqualTo(7);
        assertThat(ours.get(0).propertyNames()).contains("address", "mode", "since", "retriesLeft");
    }

    @Test
    void aBlockOverAllPeers() {
        bobHasSome();
        for (String block : List.of(dataset.treeCid() + "/0", dataset.manifestCid().toString())) {
            var shown = http.get("/api/v1/blocks/" + block + "/peers").json();
            assertThat(shown.propertyNames()).contains("address", "wantedByUs", "heldByUs", "holders", "deniers",
                    "unknownCount", "wanters", "cheapest");
            assertThat(shown.get("holders").get(0).propertyNames()).contains("peerId", "price", "confirmedAt");
        }
    }

    @Test
    void aDataset() {
        bobHasSome();
        String path = "/api/v1/datasets/" + dataset.treeCid();
        for (JsonNode shown : List.of(http.get(path).json(), listed(dataset.treeCid().toString()))) {
            assertThat(shown.propertyNames()).contains("treeCid", "blockCount", "localBlocks", "peers", "availability");
        }
        var availability = http.get(path + "/availability?buckets=2").json();
        assertThat(availability.propertyNames()).contains("buckets", "distributedCopies", "unavailable", "seeders");
        assertThat(availability.get("buckets")).hasSize(2).allSatisfy(
                bucket -> assertThat(bucket.propertyNames()).contains("min", "mean", "max"));
    }

    @Test
    void peersAreSortedByEachKeyInBothDirections() {
        dial();
        try (var carol = new RemotePeer()) {
            http.post(PEERS, carol.dialRequest());
            for (String key : List.of("connectedAt", "haveCount", "wantCount", "blocksReceived", "bytesReceived",
                    "lastExchangeAt")) {
                List<String> up = values(PEERS + "?state=all&sort=" + key, key);
                List<String> down = values(PEERS + "?state=all&sort=-" + key, key);
                assertThat(up).as(key).isSorted();
                assertThat(down.reversed()).as(key).isSorted();
            }
        }
    }

    /** Numbers are made as long as each other, so that they compare as times do. */
    private List<String> values(String path, String key) {
        List<String> values = new ArrayList<>();
        http.get(path).json().get("items").forEach(peer -> {
            var value = peer.path(key);
            values.add(value.isNumber() ? "%019d".formatted(value.asLong()) : value.asString(""));
        });
        return values;
    }

    private JsonNode listed(String tree) {
        for (JsonNode one : http.get("/api/v1/datasets?limit=1000").json().get("items")) {
            if (one.get("treeCid").asString().equals(tree)) {
                return one;
            }
        }
        throw new AssertionError(tree + " is not listed");
    }

    /** Bob has five of six leaves that we want, and a block on its own, the manifest. */
    private void bobHasSome() {
        dataset = bob.has(5);
        dial();
        watch(dataset.treeCid().toString(), 6);
        watch("{\"cids\": [\"" + dataset.manifestCid() + "\"]}");
        await().atMost(PATIENCE).until(() -> haveSet().get("blockCount").asInt() == 6
                && haveSet().at("/denied/blockCount").asInt() == 1 && peer().has("agent"));
    }
}
