package dev.peerscope.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;

import org.junit.jupiter.api.Test;
import dev.peerscope.peer.Multiaddr;

class LocalAddressesTest {

    @Test
    void anIpv4WildcardStandsForIpv4AddressesThoughTheSocketCallsItIpv6() {
        var asked = Multiaddr.parse("/ip4/0.0.0.0/tcp/0");
        var bound = new InetSocketAddress("::", 4001);

        var addresses = LocalAddresses.of(asked, bound);

        assertThat(addresses).contains(Multiaddr.parse("/ip4/127.0.0.1/tcp/4001"))
                .allSatisfy(address -> assertThat(address.toString()).startsWith("/ip4/").endsWith("/tcp/4001"));
    }

    @Test
    void anIpv6WildcardStandsForIpv6Addresses() {
        var asked = Multiaddr.parse("/ip6/::/tcp/0");

        var addresses = LocalAddresses.of(asked, new InetSocketAddress("::", 4001));

        assertThat(addresses).allSatisfy(address -> assertThat(address.toString()).startsWith("/ip6/"));
    }

    @Test
    void oneAddressStandsForItself() {
        var asked = Multiaddr.parse("/ip4/127.0.0.1/tcp/0");

        var addresses = LocalAddresses.of(asked, new InetSocketAddress("127.0.0.1", 4001));

        assertThat(addresses).containsExactly(Multiaddr.parse("/ip4/127.0.0.1/tcp/4001"));
    }
}
