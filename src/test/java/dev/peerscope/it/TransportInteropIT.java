package dev.peerscope.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import dev.peerscope.Patience;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.IdentifyInfo;
import dev.peerscope.transport.identity.PingProtocol;

/** Our transport and js-libp2p's understand each other in every combination that either side may choose. */
@RequiresNode
class TransportInteropIT {

    private static final Duration PATIENCE = Patience.LONG;
    private static final int BLOCKS = 24;
    private static final int BLOCK_SIZE = 65_536;

    @ParameterizedTest
    @CsvSource({
            "secp256k1, mplex, true,  true",
            "secp256k1, mplex, true,  false",
            "secp256k1, mplex, false, true",
            "secp256k1, mplex, false, false",
            "ed25519,   mplex, true,  false",
            "secp256k1, yamux, true,  true",
            "secp256k1, yamux, true,  false",
            "secp256k1, yamux, false, true",
            "ed25519,   yamux, false, false"})
    void eachSideDialsTheOtherAndBlocksArrive(String identity, String muxer, boolean jsEarly, boolean ourEarly) {
        try (var js = JsPeer.options().identity(identity).muxers(muxer).earlyMuxer(jsEarly).start();
                var us = new OurHost(List.of("yamux", "mplex"), ourEarly)) {
            var dataset = js.dataset("interop", BLOCKS, BLOCK_SIZE);

            var dialled = us.dial(js.address());
            talk(us, dialled, js, dataset);
            js.leave();
            await().atMost(PATIENCE).until(() -> us.heard.disconnected.size() == 1);
            us.messages.clear();
            js.forgetEvents().dial(us.address);
            await().atMost(PATIENCE).until(() -> us.heard.connected.size() == 2);
            talk(us, us.heard.connected.getLast(), js, dataset);

            assertThat(us.heard.connected).allSatisfy(connection -> {
                assertThat(connection.remotePeer()).hasToString(js.peerId());
                assertThat(connection.remoteKeyType()).isEqualTo(identity);
                assertThat(connection.muxer()).contains(muxer);
            });
            assertThat(us.heard.refused).isEmpty();
        }
    }

    @Test
    void ofTwoMuxersTheDiallersFavouriteIsTaken() {
        try (var js = JsPeer.options().muxers("mplex", "yamux").earlyMuxer(false).start();
                var us = new OurHost(List.of("yamux", "mplex"), false)) {
            assertThat(us.dial(js.address()).muxer()).isEqualTo("/yamux/1.0.0");
            js.leave();

            assertThat(js.dial(us.address)).isEqualTo("/mplex/6.7.0");
        }
    }

    @Test
    void aPeerWithoutIdentifyIsAPeerAllTheSame() {
        try (var js = JsPeer.options().identify(false).start();
                var us = new OurHost(List.of("yamux", "mplex"), false)) {
            var dataset = js.dataset("quiet", 1, 1024);

            var connection = us.dial(js.address());
            us.say(connection,
                    ExchangeMessage.of(new WantList(List.of(WantListEntry.wantHave(leaf(dataset, 0))), true)));

            await().atMost(PATIENCE).until(() -> !us.messages.isEmpty());
            assertThat(us.heard.identified).isEmpty();
            assertThat(us.heard.disconnected).isEmpty();
        }
    }

    @Test
    void aPeerWhoseProcessIsKilledIsSeenToBeGone() {
        try (var js = JsPeer.options().start(); var us = new OurHost(List.of("mplex"), false)) {
            us.dial(js.address());

            js.kill();

            await().atMost(PATIENCE).until(() -> us.heard.disconnected.size() == 1);
        }
    }

    /** Both say who they are, ping, ask and are told, and 1.5 MB of blocks with their proofs come whole. */
    private static void talk(OurHost us, Connection connection, JsPeer js, JsDataset dataset) {
        var identified = js.await("identified");
        assertThat(identified.get("agent").asString()).isEqualTo("peerscope-test");
        assertThat(identified.get("signedRecord")).isNotNull();
        assertThat(identified.get("protocols").toString()).contains("/codex/blockexc/1.0.0", "/ipfs/ping/1.0.0");
        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(us.heard.identified).last().extracting(IdentifyInfo::agentVersion)
                        .isEqualTo("codex-interop-js"));
        assertThat(us.heard.identified.getLast().signedRecord()).isPresent();

        assertThat(js.ping()).isPositive();
        assertThat(new PingProtocol(PATIENCE).ping(connection).join()).isPositive();

        var wants = IntStream.range(0, BLOCKS).mapToObj(index -> WantListEntry.wantBlock(leaf(dataset, index)))
                .toList();
        us.say(connection, ExchangeMessage.of(new WantList(wants, false)));
        await().atMost(PATIENCE).until(() -> deliveries(us).size() == BLOCKS);
        assertThat(deliveries(us)).allSatisfy(delivery -> {
            assertThat(delivery.proof()).isPresent();
            assertThat(delivery.block().data()).hasSize(BLOCK_SIZE);
        });

        js.wantHave(JsBlocks.leaves(dataset.treeCid(), "0-1023"));
        await().atMost(PATIENCE).until(() -> us.messages.stream()
                .anyMatch(message -> message.wantList().entries().size() == 1024));
    }

    private static List<BlockDelivery> deliveries(OurHost us) {
        return us.messages.stream().flatMap(message -> message.deliveries().stream()).toList();
    }

    private static BlockAddress leaf(JsDataset dataset, long index) {
        return new BlockAddress.Leaf(Cid.parse(dataset.treeCid()), index);
    }
}
