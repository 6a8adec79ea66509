package dev.peerscope.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** A test of what the API of the whole service shows of a peer that this project did not write. */
abstract class WithForeignPeer {

    static final int BLOCKS = 24;
    static final int BLOCK_SIZE = 4_096;

    @LocalServerPort
    private int port;

    Inspector inspector;
    JsPeer js;
    JsDataset dataset;
    String watch;

    @BeforeEach
    void look() {
        inspector = new Inspector(port);
    }

    @AfterEach
    void leave() {
        inspector.get("/watches").get("items").forEach(shown -> inspector.unwatch(shown.get("id").asString()));
        js.close();
        inspector.eventuallyInState(js.peerId(), "departed");
    }

    void join(String whoDials, boolean identify) {
        if (whoDials.equals("we")) {
            Inspector.Answer dialled = inspector.dial(js.address());
            assertThat(dialled.status()).as(String.valueOf(dialled.body())).isEqualTo(201);
            assertThat(inspector.dial(js.address()).status()).isEqualTo(200);
        } else {
            js.dial(inspector.address());
        }
        await().atMost(Inspector.PATIENCE).until(() -> inspector.send("GET", ofPeer(""), null).status() == 200);
        JsonNode peer = inspector.eventually(ofPeer(""), shown -> assertThat(shown.path("agent").asString(""))
                .isEqualTo(identify ? "foreign" : ""));

        assertThat(peer.get("state").asString()).isEqualTo("connected");
        assertThat(peer.get("direction").asString()).isEqualTo(whoDials.equals("we") ? "outbound" : "inbound");
        assertThat(peer.get("haveCount").asInt()).isZero();
    }

    void announcesWithAPrice() {
        dataset = js.datasetToClaim(UUID.randomUUID().toString(), BLOCKS, BLOCK_SIZE);
        js.setBlocks(leaves("0-9").at("7"));
        watch = inspector.watch(Map.of("treeCid", dataset.treeCid(), "blockCount", BLOCKS));

        JsonNode told = changed("added", "announced", "0-9");
        assertThat(told.get("price").asString()).isEqualTo("7");
        assertThat(told.get("previousState").asString()).isEqualTo("unknown");
        assertThat(changed("denied", "dont-have-received", "10-23").get("previousState").asString())
                .isEqualTo("unknown");
        assertThat(inspector.eventuallyHas(js.peerId(), "0-9").at("/denied/blockCount").asInt()).isEqualTo(14);
    }

    JsBlocks leaves(String indices) {
        return JsBlocks.leaves(dataset.treeCid(), indices);
    }

    String stateOf(int index) {
        return inspector.get(ofPeer("/have-set/blocks/" + dataset.treeCid() + "/" + index)).get("state").asString();
    }

    JsonNode changed(String change, String reason, String ranges) {
        return inspector.eventuallyChanged(js.peerId(), change, reason, ranges);
    }

    String ofPeer(String path) {
        return "/peers/" + js.peerId() + path;
    }
}
