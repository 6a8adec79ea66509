package dev.peerscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import tools.jackson.databind.JsonNode;

/** What the API shows of a Codex peer that this project did not write, over everything that such a peer does. */
@RequiresNode
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "peerscope.listen-addresses=/ip4/127.0.0.1/tcp/0",
        "peerscope.data-directory=target/foreign-peer-data/${random.uuid}", "peerscope.refresh.shortest-interval=300ms",
        "peerscope.refresh.answer-timeout=10m"})
class ForeignPeerIT extends WithForeignPeer {

    /** The columns are chosen so that each pair of choices occurs (an orthogonal array). */
    @ParameterizedTest
    @CsvSource({
            "secp256k1, mplex, we,   true,  own,     true",
            "secp256k1, mplex, they, false, request, false",
            "secp256k1, yamux, we,   false, request, true",
            "secp256k1, yamux, they, true,  own,     false",
            "ed25519,   mplex, we,   true,  request, false",
            "ed25519,   mplex, they, false, own,     true",
            "ed25519,   yamux, we,   false, own,     false",
            "ed25519,   yamux, they, true,  request, true"})
    void aWholeLifeIsShownWithItsReasons(String identity, String muxer, String whoDials, boolean earlyMuxer,
            String answersOn, boolean identify) {
        JsPeerOptions options = JsPeer.options().identity(identity).muxers(muxer).earlyMuxer(earlyMuxer)
                .identify(identify).agent("foreign");
        js = (answersOn.equals("request") ? options.answersOnRequest() : options).start();
        join(whoDials, identify);

        announcesWithAPrice();
        announcesMore();
        reprices();
        denies();
        losesABlockBetweenTwoRefreshes();
        deliversBlocks();
        asksAndCancels();
        leaves();
    }

    @ParameterizedTest
    @CsvSource({"secp256k1, mplex", "ed25519, yamux"})
    void aPeerIsDialledByTheRecordThatItSigned(String identity, String muxer) {
        js = JsPeer.options().identity(identity).muxers(muxer).start();
        String record = js.record();

        Inspector.Answer dialled = inspector.dial(record);

        assertThat(dialled.status()).as(String.valueOf(dialled.body())).isEqualTo(201);
        assertThat(dialled.body().get("peerId").asString()).isEqualTo(js.peerId());
        assertThat(js.address()).startsWith(dialled.body().get("address").asString());
        assertThat(inspector.dial(record).status()).isEqualTo(200);
    }

    @Test
    void aPeerThatClosesForSilenceIsShownAsDepartedWithItsReason() {
        js = JsPeer.options().muxers("mplex").idleTimeout(Duration.ofSeconds(1)).start();
        assertThat(inspector.dial(js.address()).status()).isEqualTo(201);

        JsonNode departed = inspector.eventuallyInState(js.peerId(), "departed");

        assertThat(departed.get("departureReason").asString()).isIn("peer-closed", "connection-lost");
        assertThat(departed.has("departedAt")).isTrue();
    }

    private void announcesMore() {
        js.addBlocks(leaves("10-11").at("9")).announce(leaves("10-11").at("9"));
        assertThat(changed("added", "announced", "10-11").get("previousState").asString()).isEqualTo("dontHave");
        assertThat(inspector.eventuallyHas(js.peerId(), "0-11").at("/datasets/0/priceMixed").asBoolean()).isTrue();
    }

    private void reprices() {
        js.addBlocks(leaves("0-9").at("8"));

        JsonNode repriced = changed("repriced", "price-changed", "0-9");
        assertThat(repriced.get("previousPrice").asString()).isEqualTo("7");
        assertThat(repriced.get("price").asString()).isEqualTo("8");
    }

    private void denies() {
        js.deny(leaves("11"));

        assertThat(changed("denied", "dont-have-received", "11").get("previousState").asString()).isEqualTo("have");
        assertThat(stateOf(11)).isEqualTo("dontHave");
    }

    private void losesABlockBetweenTwoRefreshes() {
        js.loseBlocks(leaves("10"));

        assertThat(changed("denied", "dont-have-received", "10").get("previousPrice").asString()).isEqualTo("9");
        inspector.eventuallyHas(js.peerId(), "0-9");
    }

    /** To us, with proofs that we verify; and what we have got, to them, with proofs that they verify. */
    private void deliversBlocks() {
        JsonNode done = inspector.download(Map.of("treeCid", dataset.treeCid(), "ranges", "0-4"));
        assertThat(done.get("blocksDone").asInt()).isEqualTo(5);
        assertThat(inspector.get(ofPeer("")).get("blocksReceived").asInt()).isEqualTo(5);
        // The watch holds them as well, so that their presence stays.
        inspector.eventuallyHas(js.peerId(), "0-9");

        js.forgetEvents().wantBlock(leaves("1"));
        JsonNode delivery = js.await("delivery");
        assertThat(delivery.get("dataValid").asBoolean()).isTrue();
        assertThat(delivery.get("proofValid").asBoolean()).isTrue();
        assertThat(delivery.get("cid").asString()).isEqualTo(dataset.leafCids().get(1));
        inspector.eventually(ofPeer(""), shown -> assertThat(shown.get("blocksSent").asInt()).isEqualTo(1));
    }

    private void asksAndCancels() {
        js.forgetEvents().wantHave(leaves("2"), leaves("20"));
        List<JsonNode> answers = js.await("presences").get("presences").valueStream().toList();
        assertThat(answers).extracting(answer -> answer.at("/address/index").asInt() + " " + answer.get("have"))
                .containsExactlyInAnyOrder("2 true", "20 false");
        assertThat(inspector.wantList(js.peerId())).isEmpty();

        js.wantBlock(leaves("20"));
        JsonNode asked = inspector.eventually(ofPeer("/want-list"),
                shown -> assertThat(shown.get("items").size()).isEqualTo(1)).at("/items/0");
        assertThat(asked.at("/address/index").asInt()).isEqualTo(20);
        assertThat(asked.get("wantType").asString()).isEqualTo("wantBlock");
        assertThat(inspector.get("/blocks/" + dataset.treeCid() + "/20/peers").get("wanters").get(0).asString())
                .isEqualTo(js.peerId());
        assertThat(inspector.get(ofPeer("")).at("/interest/theirs").asBoolean()).isTrue();

        js.cancel(leaves("20"));
        inspector.eventually(ofPeer("/want-list"), shown -> assertThat(shown.get("items").size()).isZero());
    }

    private void leaves() {
        js.leave();

        JsonNode gone = inspector.eventuallyInState(js.peerId(), "departed");
        assertThat(gone.get("departureReason").asString()).isEqualTo("peer-closed");
        changed("removed", "peer-departed", "0-9");
        changed("undenied", "peer-departed", "10-23");
        assertThat(inspector.get(ofPeer("/have-set")).get("blockCount").asInt()).isZero();
    }

    @Test
    void aReleasedWatchTakesItsPresenceAlong() {
        js = JsPeer.options().start();
        inspector.dial(js.address());
        announcesWithAPrice();
        announcesMore();

        inspector.unwatch(watch);

        changed("removed", "released", "0-9");
        changed("removed", "released", "10-11");
        changed("undenied", "released", "12-23");
    }

    @Test
    void aManifestIsFetchedAndItsDatasetDownloadedWhole() {
        js = JsPeer.options().start();
        JsDataset whole = js.dataset(UUID.randomUUID().toString(), BLOCKS, BLOCK_SIZE);
        inspector.dial(js.address());

        JsonNode done = inspector.download(Map.of("manifestCid", whole.manifestCid()));

        assertThat(done.get("blocksDone").asInt()).isEqualTo(BLOCKS);
        assertThat(done.get("bytesDone").asLong()).isEqualTo(whole.size());
        // No watch holds them: what was fetched leaves with that reason.
        inspector.eventually(ofPeer("/presence-changes?change=removed&reason=delivered"),
                changes -> assertThat(changes.get("items")).isNotEmpty());
        inspector.eventually(ofPeer("/have-set"), shown -> assertThat(shown.get("blockCount").asInt()).isZero());
    }

}
