package dev.peerscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;

/** What the API shows of a peer that this project did not write while it does not answer. */
@RequiresNode
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "peerscope.listen-addresses=/ip4/127.0.0.1/tcp/0",
        "peerscope.data-directory=target/silent-peer-data/${random.uuid}",
        "peerscope.refresh.shortest-interval=300ms", "peerscope.refresh.answer-timeout=1500ms"})
class SilentPeerIT extends WithForeignPeer {

    /** It may be taken for silent before it is, on a machine that is busy, and is believed again each time it answers. */
    @ParameterizedTest
    @CsvSource({"secp256k1, mplex, we, own", "ed25519, yamux, they, request"})
    void whatIsNotConfirmedIsUnknownUntilItIsAnsweredAgain(String identity, String muxer, String whoDials,
            String answersOn) {
        JsPeerOptions options = JsPeer.options().identity(identity).muxers(muxer).agent("foreign");
        js = (answersOn.equals("request") ? options.answersOnRequest() : options).start();
        join(whoDials, true);
        announcesWithAPrice();

        js.mute();

        changed("removed", "not-confirmed", "0-9");
        changed("undenied", "not-confirmed", "10-23");
        inspector.eventually("/peers/" + js.peerId() + "/have-set/blocks/" + dataset.treeCid() + "/3",
                block -> assertThat(block.get("state").asString()).isEqualTo("unknown"));

        js.unmute();
        inspector.eventuallyHas(js.peerId(), "0-9");
    }
}
