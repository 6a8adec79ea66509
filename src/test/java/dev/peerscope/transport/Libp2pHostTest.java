package dev.peerscope.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import dev.peerscope.peer.Direction;
import dev.peerscope.transport.identity.KeyType;

class Libp2pHostTest {

    @ParameterizedTest
    @CsvSource({"mplex, SECP256K1", "mplex, ED25519", "yamux, SECP256K1"})
    void twoHostsExchangeBytesOnAStream(String muxer, KeyType keyType) {
        try (var alice = new TestHost(keyType, TestHost.muxers(muxer));
                var bob = new TestHost(keyType, TestHost.muxers(muxer))) {
            byte[] message = new byte[3_000_000];
            new Random(1).nextBytes(message);

            var connection = alice.dial(bob);
            var answer = new Collector();
            var stream = connection.openStream(TestHost.ECHO).thenApply(opened -> {
                opened.setHandler(answer);
                return opened;
            }).join();
            stream.write(Unpooled.copiedBuffer(message)).join();
            stream.closeWrite();

            assertThat(answer.all.join()).isEqualTo(message);
            assertThat(connection.remotePeer()).isEqualTo(bob.peerId());
            assertThat(connection.direction()).isEqualTo(Direction.OUTBOUND);
            assertThat(connection.remoteKeyType()).isEqualTo(keyType.text());
            assertThat(bob.heard.connected).singleElement().satisfies(accepted -> {
                assertThat(accepted.remotePeer()).isEqualTo(alice.peerId());
                assertThat(accepted.direction()).isEqualTo(Direction.INBOUND);
            });
        }
    }
}
