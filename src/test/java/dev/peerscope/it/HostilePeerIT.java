package dev.peerscope.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import dev.peerscope.view.Examples;

/** A peer that breaks the rules pays for it, the API says so, and a well-behaved peer beside it notices nothing. */
@RequiresNode
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "peerscope.listen-addresses=/ip4/127.0.0.1/tcp/0",
        "peerscope.data-directory=target/hostile-peer-data/${random.uuid}",
        "peerscope.refresh.shortest-interval=300ms",
        "peerscope.refresh.answer-timeout=10m"})
class HostilePeerIT {

    private static final int BLOCKS = 12;
    private static final String REFUSED_BLOCKS = "peerscope_blocks_total{direction=\"received\",outcome=\"invalid\"}";

    @LocalServerPort
    private int port;

    private Inspector inspector;
    private JsPeer good;
    private JsPeer bad;
    private JsDataset dataset;
    private String watch;

    @BeforeEach
    void twoPeersHaveTheSame() {
        inspector = new Inspector(port);
        good = JsPeer.options().start();
        bad = JsPeer.options().start();
        String seed = UUID.randomUUID().toString();
        dataset = good.dataset(seed, BLOCKS, 1_024);
        bad.dataset(seed, BLOCKS, 1_024);
        inspector.dial(good.address());
        inspector.dial(bad.address());
        watch = inspector.watch(Map.of("treeCid", dataset.treeCid(), "blockCount", BLOCKS));
        inspector.eventuallyHas(good.peerId(), "0-11");
        inspector.eventuallyHas(bad.peerId(), "0-11");
    }

    @AfterEach
    void stop() {
        inspector.unwatch(watch);
        good.close();
        bad.close();
    }

    static Stream<Arguments> crimes() {
        return Stream.of(
                Arguments.of("garbage", (Consumer<JsPeer>) peer -> peer.sendRaw("0affffffffffffffffff")),
                Arguments.of("an oversized message", (Consumer<JsPeer>) peer -> peer.sendOversized(1L << 30)),
                // A want-list entry of want type 7 for a block that has nothing wrong with it.
                Arguments.of("an unknown want type", (Consumer<JsPeer>) peer -> peer.sendMessage(
                        "0a2e0a2c0a28222601829a031220d8bc63b4fc1156e5e7d95a418b9bf54cd3174bedbc2db40f74895349b229b3c02007")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("crimes")
    void whoBreaksTheProtocolIsDroppedWithThatReason(String crime, Consumer<JsPeer> commit) {
        commit.accept(bad);

        JsonNode dropped = inspector.eventuallyInState(bad.peerId(), "departed");
        assertThat(dropped.get("departureReason").asString()).as(crime).isEqualTo("protocol-violation");
        inspector.eventuallyChanged(bad.peerId(), "removed", "peer-dropped", "0-11");
        theGoodPeerNoticedNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrongProof", "wrongIndex", "noProof", "wrongData"})
    void aSpoiltBlockIsRefusedAndAskedForElsewhere(String fault) {
        bad.spoilDeliveries(fault);

        double refusedBefore = inspector.metric(REFUSED_BLOCKS);

        JsonNode done = inspector.download(Map.of("treeCid", dataset.treeCid(), "blockCount", BLOCKS));

        assertThat(inspector.metric(REFUSED_BLOCKS)).as("both were asked").isGreaterThan(refusedBefore);
        assertThat(done.get("blocksDone").asInt()).isEqualTo(BLOCKS);
        JsonNode liar = inspector.get("/peers/" + bad.peerId());
        assertThat(liar.get("blocksReceived").asInt()).isZero();
        assertThat(liar.get("state").asString()).as("lying is no reason to leave").isEqualTo("connected");
        assertThat(inspector.get("/peers/" + good.peerId()).get("blocksReceived").asInt()).isEqualTo(BLOCKS);
        theGoodPeerNoticedNothing();
    }

    @Test
    void aStreamThatIsResetCostsNothingElse() {
        bad.resetStream();

        bad.loseBlocks(JsBlocks.leaves(dataset.treeCid(), "5"));
        inspector.eventuallyHas(bad.peerId(), "0-4,6-11");
        theGoodPeerNoticedNothing();
    }

    @Test
    void aWrongIdentityEndsTheDialAndIsListed() {
        bad.leave();
        inspector.eventuallyInState(bad.peerId(), "departed");

        Inspector.Answer answer = inspector.dial(bad.address().replace(bad.peerId(), Examples.PEER_ID));

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(502);
        assertThat(answer.body().toString()).contains("identity").contains(bad.peerId());
        assertThat(inspector.get("/connections/refused").get("items").valueStream())
                .anyMatch(refused -> refused.get("step").asString().equals("identity")
                        && refused.get("reason").asString().equals("wrong-peer"));
        theGoodPeerNoticedNothing();
    }

    private void theGoodPeerNoticedNothing() {
        assertThat(inspector.get("/peers/" + good.peerId()).get("state").asString()).isEqualTo("connected");
        inspector.eventuallyHas(good.peerId(), "0-11");
        assertThat(good.events("disconnected")).isEmpty();
        await().atMost(Inspector.PATIENCE).until(() -> !good.events("wantList").isEmpty());
    }
}
