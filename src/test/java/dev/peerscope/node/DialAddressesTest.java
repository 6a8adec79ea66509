package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.peer.InvalidPeerData;
import dev.peerscope.peer.InvalidSignedPeerRecord;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.peer.SignedPeerRecord;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;

class DialAddressesTest {

    private static final List<Multiaddr> ADDRESSES = List.of(Multiaddr.parse("/ip4/1.2.3.4/udp/1"),
            Multiaddr.parse("/ip4/1.2.3.4/tcp/2"), Multiaddr.parse("/ip4/1.2.3.4/tcp/3"));

    @ParameterizedTest
    @EnumSource(names = {"SECP256K1", "ED25519"})
    void aRecordThatItsPeerSignedGivesItsAddressesOverTcp(KeyType type) {
        var key = IdentityKey.generate(type);
        var record = SignedPeerRecord.sign(key.publicKeyProtobuf(), 1, ADDRESSES, key::sign);

        assertThat(DialAddresses.parse(record.toString()).inOrder()).extracting(PeerAddress::toString).containsExactly(
                "/ip4/1.2.3.4/tcp/2/p2p/" + key.peerId(), "/ip4/1.2.3.4/tcp/3/p2p/" + key.peerId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "spr:", "spr:!", "spr:AAAA", "127.0.0.1:80", "/ip4/1.2.3.4/udp/1"})
    void whatIsNoAddressOverTcpIsRefused(String text) {
        assertThatThrownBy(() -> DialAddresses.parse(text)).isInstanceOf(InvalidPeerData.class);
    }

    @Test
    void aRecordThatSomebodyElseSignedIsRefused() {
        var key = IdentityKey.generate(KeyType.SECP256K1);
        var forger = IdentityKey.generate(KeyType.SECP256K1);
        var record = SignedPeerRecord.sign(key.publicKeyProtobuf(), 1, ADDRESSES, forger::sign);

        assertThatThrownBy(() -> DialAddresses.parse(record.toString())).isInstanceOf(InvalidSignedPeerRecord.class)
                .hasMessageContaining("does not hold");
    }

    @Test
    void aRecordWithAKeyThatIsNoneIsRefused() {
        byte[] noKey = {8, 2, 18, 1, 7};
        var record = SignedPeerRecord.sign(noKey, 1, ADDRESSES, bytes -> bytes);

        assertThatThrownBy(() -> DialAddresses.parse(record.toString())).isInstanceOf(InvalidPeerData.class)
                .hasMessageContaining("the key of the record");
    }
}
