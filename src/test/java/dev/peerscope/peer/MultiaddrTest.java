package dev.peerscope.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultiaddrTest {

    private static final String PEER = "16Uiu2HAm94LYCij7ptvqQwZTDYG1Po9iexQuQZ6RLvLuQahkguvL";

    @ParameterizedTest
    @CsvSource({"/ip4/127.0.0.1/tcp/35285, 047f0000010689d5",
            "/ip6/::1/tcp/80, 2900000000000000000000000000000001060050",
            "/ip6/2001:db8::a:0:0:1/tcp/1, 2920010db800000000000a000000000001060001",
            "/dns4/example.org/tcp/443, 360b6578616d706c652e6f72670601bb",
            "/ip4/1.2.3.4/udp/4001/quic-v1, 040102030491020fa1cd03",
            "/ip4/127.0.0.1/tcp/0/p2p/" + PEER
                    + ", 047f000001060000a5032700250802122102ca8c700e9f7a660c4e663a7e78329cafc0958a986e50ed3b5c327a29957a53ed"})
    void textAndBytesAreTwoFormsOfOneAddress(String text, String hex) {
        var address = Multiaddr.parse(text);

        assertThat(HexFormat.of().formatHex(address.encode())).isEqualTo(hex);
        assertThat(Multiaddr.decode(address.encode())).isEqualTo(address).hasToString(text);
    }

    @Test
    void itsPartsCanBeAskedFor() {
        var address = Multiaddr.parse("/dns6/node.example/tcp/8070/p2p/" + PEER);

        assertThat(address.host()).contains("node.example");
        assertThat(address.tcpPort()).hasValue(8070);
        assertThat(address.peerId()).contains(PeerId.parse(PEER));
        assertThat(address.isPlainTcp()).isTrue();
        assertThat(address.withoutPeerId()).hasToString("/dns6/node.example/tcp/8070");
        assertThat(address.withoutPeerId().withPeerId(PeerId.parse(PEER))).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ip4/1.2.3.4/udp/1", "/ip4/1.2.3.4/tcp/1/ws", "/p2p/" + PEER, "/ip4/1.2.3.4",
            "/ip4/1.2.3.4/tcp/1/p2p/" + PEER + "/p2p-circuit"})
    void onlyAHostAndATcpPortArePlainTcp(String text) {
        assertThat(Multiaddr.parse(text).isPlainTcp()).isFalse();
    }

    @Test
    void theOlderNameOfAPeerIsUnderstood() {
        assertThat(Multiaddr.parse("/ip4/1.2.3.4/tcp/1/ipfs/" + PEER)).hasToString("/ip4/1.2.3.4/tcp/1/p2p/" + PEER);
    }

    @Test
    void anIpv4AddressMappedIntoIpv6StaysThere() {
        assertThat(Multiaddr.parse("/ip6/::ffff:1.2.3.4/tcp/1")).hasToString("/ip6/::ffff:102:304/tcp/1");
    }

    @Test
    void aSocketHasAnAddress() {
        assertThat(Multiaddr.ofTcp(new InetSocketAddress("127.0.0.1", 65_535))).hasToString("/ip4/127.0.0.1/tcp/65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "//", "ip4/1.2.3.4", "/ip4", "/ip4/", "/ip4/1.2.3", "/ip4/1.2.3.256",
            "/ip4/01.2.3.4",
            "/ip4/1.2.3.4/tcp", "/ip4/1.2.3.4/tcp/", "/ip4/1.2.3.4/tcp/65536", "/ip4/1.2.3.4/tcp/-1",
            "/ip4/1.2.3.4/tcp/1/", "/ip4/1.2.3.4/tcp/1/p2p", "/ip4/1.2.3.4/tcp/1/p2p/nobody", "/ip6/1.2.3.4",
            "/ip6/::g", "/ip6/fe80::1%eth0", "/ip6/[::1]", "/nothing/1", "/dns4//tcp/1", "/dns4/a b/tcp/1",
            "/ip4/١.2.3.4/tcp/1"})
    void malformedTextIsRefused(String text) {
        assertThatThrownBy(() -> Multiaddr.parse(text)).isInstanceOf(InvalidMultiaddr.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "04", "047f0000", "ff", "ffff7f", "36", "3605abcd", "3600", "36012f", "3602c328",
            "a50300",
            "a5030100"})
    void malformedBytesAreRefused(String hex) {
        assertThatThrownBy(() -> Multiaddr.decode(HexFormat.of().parseHex(hex))).isInstanceOf(InvalidMultiaddr.class);
    }
}
