package dev.peerscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;
import dev.peerscope.journal.sqlite.ArchiveLimits;
import dev.peerscope.journal.sqlite.SqliteChangeArchive;
import dev.peerscope.limit.LimitRegister;

/** What an operator reads when the service cannot start: what is wrong and where, without a stack trace. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedStartTest {

    @TempDir
    private Path data;

    @Test
    void aHistoryThatAnotherProcessHasIsNamed(CapturedOutput output) {
        try (var held = SqliteChangeArchive.open(data, ArchiveLimits.DEFAULT, new LimitRegister(),
                InstantSource.system())) {
            assertThatTheStartIsRefused();
        }
        assertThat(output).contains("APPLICATION FAILED TO START", "is in use by another process", data.toString())
                .doesNotContain("\tat ");
    }

    @Test
    void aFileThatHoldsNoKeyIsNamed(CapturedOutput output) throws IOException {
        Path key = Files.writeString(data.resolve("identity.key"), "no key");
        Files.setPosixFilePermissions(key, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));

        assertThatTheStartIsRefused();

        assertThat(output).contains("APPLICATION FAILED TO START", "identity key " + key).doesNotContain("\tat ");
    }

    @Test
    void anAddressThatIsTakenIsNamed(CapturedOutput output) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "/ip4/127.0.0.1/tcp/" + taken.getLocalPort();

            assertThatTheStartIsRefused("--peerscope.listen-addresses=" + address);

            assertThat(output).contains("APPLICATION FAILED TO START", "cannot listen on " + address)
                    .doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1GB", "1023KB"})
    void aHistoryThatIsGivenNoRoomIsNamed(String size, CapturedOutput output) {
        assertThatTheStartIsRefused("--peerscope.history.max-size=" + size);

        assertThat(output).contains("APPLICATION FAILED TO START",
                "peerscope.history.max-size must be 1MB or more, and is " + DataSize.parse(size))
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({"peerscope.muxers, foo, only yamux and mplex are spoken",
            "peerscope.listen-addresses, /ip4/127.0.0.1/udp/8070, cannot listen on /ip4/127.0.0.1/udp/8070",
            "peerscope.listen-addresses, 127.0.0.1:8070, a multiaddr starts with /",
            "peerscope.connect, /ip4/127.0.0.1/udp/8070, is no address over plain TCP",
            "peerscope.connect, spr:AAAA, record",
            "peerscope.memory-share, 0, 'peerscope.memory-share must be from 0.01 to 0.9, and is 0.0'",
            "peerscope.memory-share, 1.5, 'peerscope.memory-share must be from 0.01 to 0.9, and is 1.5'",
            "peerscope.limits.address-share-exempt, 10.0.0.0/33, is not a prefix length of 0 to 32",
            "peerscope.limits.address-share-exempt, localhost, is no network such as 10.0.0.0/8"})
    void aPropertyThatCannotBeIsNamed(String property, String value, String why, CapturedOutput output) {
        assertThatTheStartIsRefused("--" + property + "=" + value);

        assertThat(output).contains("APPLICATION FAILED TO START", property, value, why).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"refresh.shortest-interval", "refresh.answer-timeout", "fetch.request-timeout",
            "stream.ping-interval"})
    void aTimeThatIsNoneIsRefused(String property, CapturedOutput output) {
        assertThatTheStartIsRefused("--peerscope." + property + "=0s");

        assertThat(output).contains("APPLICATION FAILED TO START", "Value: \"PT0S\"", "must be longer than")
                .doesNotContain("\tat ");
    }

    @Test
    void moreConnectionsThanThereMayBeAreRefused(CapturedOutput output) {
        assertThatTheStartIsRefused("--peerscope.limits.connections=10001");

        assertThat(output).contains("APPLICATION FAILED TO START", "peerscope.limits.connections", "10001")
                .doesNotContain("\tat ");
    }

    private void assertThatTheStartIsRefused(String... arguments) {
        var all = new java.util.ArrayList<>(List.of("--server.port=0", "--peerscope.data-directory=" + data,
                "--peerscope.listen-addresses=/ip4/127.0.0.1/tcp/0"));
        all.addAll(List.of(arguments));
        assertThatThrownBy(() -> new SpringApplicationBuilder(PeerscopeApplication.class)
                .run(all.toArray(String[]::new)).close()).isInstanceOf(Exception.class);
    }
}
