package dev.peerscope.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The foreign peer does what its tests rely on: two of them talk to each other. */
@RequiresNode
class JsPeerIT {

    private final JsPeer alice = JsPeer.options().agent("alice").start();
    private final JsPeer bob = JsPeer.options().agent("bob").dialsOnly().start();
    private final JsDataset dataset = alice.datasetToClaim("seed", 5, 1024);

    @BeforeEach
    void connect() {
        bob.dial(alice.address());
    }

    @AfterEach
    void stop() {
        bob.close();
        alice.close();
    }

    @Test
    void itsCodecWritesWhatTheRealEncoderWrites() throws IOException, InterruptedException {
        var codecTests = new ProcessBuilder("node", "--test", "src/test/js/test/").redirectErrorStream(true).start();

        var output = new String(codecTests.getInputStream().readAllBytes(), UTF_8);

        assertThat(codecTests.waitFor()).as(output).isZero();
        assertThat(output).containsPattern("# pass [1-9]\\d+");
    }

    @Test
    void aPeerSaysWhatItHasAndWhatItLacks() {
        alice.setBlocks(leaves("0-2").at("7"), JsBlocks.block(dataset.manifestCid()));

        bob.wantHave(leaves("0-4"), JsBlocks.block(dataset.manifestCid()));

        var presences = bob.await("presences").get("presences").valueStream().toList();
        assertThat(presences).filteredOn(presence -> presence.get("have").asBoolean()).hasSize(4)
                .anyMatch(presence -> presence.get("price").asString().equals("7"));
        assertThat(presences).filteredOn(presence -> !presence.get("have").asBoolean()).hasSize(2);
    }

    @Test
    void aPeerSpeaksUnaskedOnlyWhenToldTo() {
        alice.setBlocks(leaves("0-4")).announce();
        assertThat(bob.await("presences").get("presences")).hasSize(5);

        alice.addBlocks(leaves("1").at("9")).announce(leaves("1").at("9"));
        assertThat(bob.await("presences").get("presences").get(0).get("price").asString()).isEqualTo("9");
        alice.deny(leaves("1"));
        assertThat(bob.await("presences").get("presences").get(0).get("have").asBoolean()).isFalse();
        alice.loseBlocks(leaves("2"));
        bob.wantHave(leaves("1-3"));

        assertThat(bob.await("presences").get("presences").valueStream()
                .filter(presence -> presence.get("have").asBoolean())).hasSize(1);
    }

    @Test
    void blocksAreDeliveredWithTheirProofsOnceTheyAreThere() {
        alice.setBlocks(leaves("0-3"));
        bob.wantBlock(leaves("0-4"));
        assertThat(deliveries(4)).allMatch(delivery -> valid(delivery, "dataValid") && valid(delivery, "proofValid"));

        alice.addBlocks(leaves("4"));

        assertThat(bob.await("delivery").get("address").get("index").asInt()).isEqualTo(4);
    }

    @Test
    void whatWasTakenBackIsNotDelivered() {
        bob.wantBlock(leaves("3-4")).cancel(leaves("3"));
        alice.await("wantList", list -> list.get("entries").get(0).get("cancel").asBoolean());

        alice.addBlocks(leaves("3-4"));

        assertThat(bob.await("delivery").get("address").get("index").asInt()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"wrongProof, true, false", "wrongIndex, true, false", "noProof, true, false", "wrongData, false, true"})
    void deliveriesAreSpoiledInOneWayEach(String kind, boolean dataValid, boolean proofValid) {
        alice.setBlocks(leaves("0-4")).spoilDeliveries(kind);

        bob.wantBlock(leaves("2"));

        var delivery = bob.await("delivery");
        assertThat(valid(delivery, "dataValid")).isEqualTo(dataValid);
        assertThat(valid(delivery, "proofValid")).isEqualTo(proofValid);
    }

    @Test
    void aMutePeerHearsAndIsSilent() {
        alice.setBlocks(leaves("0-4")).mute();
        bob.wantHave(leaves("0-4"));
        alice.await("wantList");

        alice.unmute();
        bob.wantHave(leaves("0-1"));

        assertThat(bob.await("presences").get("presences")).hasSize(2);
    }

    // One fault each: a stock js-libp2p refuses a sixth new stream within a second.

    @Test
    void aMessageThatIsTooLongBreaksTheStream() {
        alice.sendOversized(200_000_000L);

        bob.await("streamFailed", failed -> failed.get("error").asString().contains("200000000"));
    }

    @Test
    void garbageBreaksTheStream() {
        alice.sendRaw("05ffffffffff");

        bob.await("streamFailed", failed -> failed.get("error").asString().contains("varint"));
    }

    @Test
    void aStreamThatEndedIsFollowedByAnother() {
        alice.sendMessage("0a00").closeStream();
        bob.await("streamEnded");

        alice.setBlocks(leaves("0")).announce();

        bob.await("presences");
    }

    @Test
    void aPeerThatLeavesOrDiesIsGone() {
        bob.leave();
        alice.await("disconnected");
        bob.dial(alice.address());
        alice.await("connected");

        bob.kill();

        alice.await("disconnected");
        assertThatThrownBy(() -> bob.leave()).isInstanceOf(AssertionError.class);
    }

    @Test
    void aCommandThatFailsFailsTheTest() {
        assertThatThrownBy(() -> alice.dial("/ip4/127.0.0.1/tcp/1")).isInstanceOf(AssertionError.class)
                .hasMessageContaining("dial failed");
    }

    private JsBlocks leaves(String indices) {
        return JsBlocks.leaves(dataset.treeCid(), indices);
    }

    private List<JsonNode> deliveries(int count) {
        return IntStream.range(0, count).mapToObj(i -> bob.await("delivery")).toList();
    }

    private static boolean valid(JsonNode delivery, String what) {
        return delivery.get(what).asBoolean();
    }
}
