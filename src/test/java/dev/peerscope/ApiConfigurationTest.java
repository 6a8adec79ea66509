package dev.peerscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ApiConfigurationTest {

    private final ApiConfiguration configuration = new ApiConfiguration();

    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {"127.0.0.1, true", "127.5.5.5, true", "::1, true", "0.0.0.0, false",
            "192.0.2.7, false", "::, false", "none, false"})
    void onlyLoopbackAddressesCountAsThisMachineAlone(String address, boolean loopback) throws Exception {
        var token = configuration.operatorToken(properties(Map.of()),
                address == null ? null : InetAddress.getByName(address));

        assertThat(token.loopbackOnly()).isEqualTo(loopback);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {"none, none", "'', none", "'  ', none", "s3cret, s3cret"})
    void aBlankTokenIsNone(String configured, String expected) throws Exception {
        var token = configuration.operatorToken(
                properties(configured == null ? Map.of() : Map.of("peerscope.operator-token", configured)),
                InetAddress.getLoopbackAddress());

        assertThat(token.token().orElse(null)).isEqualTo(expected);
    }

    private static PeerscopeProperties properties(Map<String, String> values) {
        var source = new HashMap<String, String>(values);
        source.put("peerscope.listen-addresses", "");
        source.put("peerscope.limits.address-share-exempt", "");
        return new Binder(new MapConfigurationPropertySource(source)).bindOrCreate("peerscope",
                PeerscopeProperties.class);
    }
}
