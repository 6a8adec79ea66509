package dev.peerscope.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerAddressTest {

    private static final byte[] KEY = {8, 2, 18, 1, 7};
    private static final PeerId PEER = PeerId.ofPublicKey(KEY);

    @Test
    void thePeerAtTheEndOfAnAddressIsTheExpectedOne() {
        var address = PeerAddress.parse("/ip4/127.0.0.1/tcp/8070/p2p/" + PEER);

        assertThat(address.address()).hasToString("/ip4/127.0.0.1/tcp/8070");
        assertThat(address.expected()).contains(PEER);
        assertThat(address).hasToString("/ip4/127.0.0.1/tcp/8070/p2p/" + PEER);
    }

    @Test
    void withoutAPeerAnyoneMayAnswer() {
        assertThat(PeerAddress.parse("/ip4/127.0.0.1/tcp/8070").expected()).isEmpty();
    }

    @Test
    void aRecordGivesThoseOfItsAddressesThatCanBeDialled() {
        var record = record("/ip4/1.2.3.4/udp/1", "/ip4/1.2.3.4/tcp/1", "/dns4/a.example/tcp/2");

        assertThat(PeerAddress.allOf(record)).extracting(PeerAddress::toString)
                .containsExactly("/ip4/1.2.3.4/tcp/1/p2p/" + PEER, "/dns4/a.example/tcp/2/p2p/" + PEER);
    }

    @Test
    void aRecordWithoutSuchAnAddressIsRefused() {
        assertThatThrownBy(() -> PeerAddress.allOf(record("/ip4/1.2.3.4/udp/1")))
                .isInstanceOf(InvalidSignedPeerRecord.class).hasMessageContaining("no TCP address");
    }

    @Test
    void twoDifferentPeersForOneAddressAreAnError() {
        var address = Multiaddr.parse("/ip4/1.2.3.4/tcp/1/p2p/" + PEER);
        var other = Optional.of(PeerId.ofPublicKey(new byte[]{1}));

        assertThatThrownBy(() -> new PeerAddress(address, other)).isInstanceOf(InvalidMultiaddr.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "spr:AAAA", "127.0.0.1:80", "http://a.example"})
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> PeerAddress.parse(text)).isInstanceOf(InvalidMultiaddr.class);
    }

    private static SignedPeerRecord record(String... addresses) {
        return SignedPeerRecord.sign(KEY, 1, List.of(addresses).stream().map(Multiaddr::parse).toList(),
                bytes -> bytes);
    }
}
