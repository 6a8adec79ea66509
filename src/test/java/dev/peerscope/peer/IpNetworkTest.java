package dev.peerscope.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8, 10.255.1.2, 11.0.0.0", "172.16.0.0/12, 172.31.255.255, 172.32.0.0",
            "192.0.2.7, 192.0.2.7, 192.0.2.8", "0.0.0.0/0, 255.255.255.255, ::2", "fc00::/7, fdff::1, fe00::1",
            "2001:db8:1:2::/64, 2001:db8:1:2:ffff::, 2001:db8:1:3::", "2001:db8::1/128, 2001:db8::1, 2001:db8::2",
            "::/1, 192.0.2.1, 8000::1"})
    void aNetworkHoldsTheAddressesThatShareItsPrefix(String network, String inside, String outside) throws Exception {
        assertThat(IpNetwork.parse(network).contains(InetAddress.getByName(inside))).isTrue();
        assertThat(IpNetwork.parse(network).contains(InetAddress.getByName(outside))).isFalse();
    }

    @Test
    void anIp4AddressWithinIp6IsThatIp4Address() throws Exception {
        var mapped = mapped(192, 0, 2, 1);

        assertThat(IpNetwork.parse("192.0.2.0/24").contains(mapped)).isTrue();
        assertThat(IpNetwork.ofSubscriber(mapped)).isEqualTo(IpNetwork.parse("192.0.2.1"));
        assertThat(IpNetwork.parse("::ffff:192.0.2.0/120")).isEqualTo(IpNetwork.parse("192.0.2.0/24"))
                .hasToString("192.0.2.0/24");
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.1", "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64", "::1, ::/64"})
    void oneSubscriberIsOneIp4AddressOr64BitsOfIp6(String address, String subscriber) throws Exception {
        assertThat(IpNetwork.ofSubscriber(InetAddress.getByName(address))).hasToString(subscriber);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "10.1.2.3", "172.20.0.1", "192.168.1.1", "169.254.0.9", "100.64.0.1", "::1",
            "fd00::1", "fe80::1"})
    void whatTheInternetDoesNotRouteIsPrivate(String address) throws Exception {
        var parsed = InetAddress.getByName(address);

        assertThat(IpNetwork.PRIVATE).anyMatch(network -> network.contains(parsed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "172.32.0.1", "100.128.0.1", "2001:db8::1", "::2"})
    void everythingElseIsNot(String address) throws Exception {
        var parsed = InetAddress.getByName(address);

        assertThat(IpNetwork.PRIVATE).noneMatch(network -> network.contains(parsed));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/33, is not a prefix length of 0 to 32", "10.0.0/8, is not an IPv4 address",
            "10.0.0.1/8, bits beyond its prefix", "fc00::/129, is not a prefix length of 0 to 128",
            "fc00::/x, is not a prefix length", "fc00::1/7, bits beyond its prefix",
            "localhost, is not an IPv4 address",
            "10.0.0.0/, is not a prefix length", "fe80::%lo/10, is not an IPv6 address"})
    void whatIsNoNetworkIsRefusedWithAReason(String text, String why) {
        assertThatThrownBy(() -> IpNetwork.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'").hasMessageContaining(why);
    }

    private static InetAddress mapped(int a, int b, int c, int d) throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[10] = bytes[11] = (byte) 0xff;
        bytes[12] = (byte) a;
        bytes[13] = (byte) b;
        bytes[14] = (byte) c;
        bytes[15] = (byte) d;
        return Inet6Address.getByAddress(null, bytes, 0);
    }
}
