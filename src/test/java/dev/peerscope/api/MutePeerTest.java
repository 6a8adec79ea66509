package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import dev.peerscope.RunningService;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.transport.HostSettings;
import dev.peerscope.transport.Libp2pHost;
import dev.peerscope.transport.RecordingListener;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;
import dev.peerscope.view.Examples;

/** A peer of libp2p that does not speak the exchange: it stays, and what is shown of it says that it is told nothing. */
@RunningService
class MutePeerTest {

    private static final String TREE = "{\"treeCid\": \"" + Examples.TREE_CID + "\", \"blockCount\": 10}";

    @LocalServerPort
    private int port;

    @Test
    void itIsShownAsHeldBackAndWithTheProtocolsThatItSpeaks() {
        var http = new Http(port);
        var key = IdentityKey.generate(KeyType.SECP256K1);
        var settings = HostSettings.listeningOn(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"));
        String watch = http.post("/api/v1/watches", TREE).header("Location").orElseThrow();
        try (var mute = new Libp2pHost(settings, key, new RecordingListener())) {
            var address = mute.start().getFirst();
            assertThat(http.post("/api/v1/peers", "{\"address\": \"" + address + "\"}").status()).isEqualTo(201);

            await().untilAsserted(() -> {
                JsonNode peer = http.get("/api/v1/peers/" + key.peerId()).json();
                assertThat(peer.get("state").asString()).isEqualTo("connected");
                assertThat(peer.at("/knowledge/heldBack").asBoolean()).isTrue();
                assertThat(peer.at("/knowledge/refreshInProgress").asBoolean()).isFalse();
                assertThat(peer.at("/knowledge/stale").asBoolean()).isTrue();
                assertThat(peer.at("/knowledge/lastRefreshAt").isMissingNode()).isTrue();
                assertThat(peer.get("haveCount").asLong()).isZero();
                assertThat(peer.get("protocols").toString()).contains("/ipfs/id/1.0.0")
                        .doesNotContain("/codex/blockexc/1.0.0");
            });
        } finally {
            http.delete(watch);
        }
    }
}
