package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.transport.DialStep;
import dev.peerscope.transport.HostSettings;
import dev.peerscope.transport.Libp2pHost;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;

/** How far a dial has come when its time runs out. */
class DialStepsTest {

    /** Short, and yet enough to connect in for a process that has just started. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final TestNodes nodes = new TestNodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void theStepThatIsToldIsTheOneThatHung() throws Exception {
        try (var deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = new PeerAddress(Multiaddr.parse("/ip4/127.0.0.1/tcp/" + deaf.getLocalPort()),
                    Optional.empty());

            assertThatThrownBy(() -> nodes.start().node().connect(address, SHORT).get()).cause()
                    .isInstanceOfSatisfying(ConnectFailed.class, failed -> {
                        assertThat(failed.step()).isEqualTo("security");
                        assertThat(failed.reason()).isEqualTo("timeout");
                        assertThat(failed).hasMessageContaining("within 2.0 s");
                    });
        }
    }

    @Test
    void eachStepIsToldWhenItBegins() {
        var bob = nodes.start();
        var heard = new RawPeer();
        var settings = HostSettings.listeningOn(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"));
        try (heard; var host = new Libp2pHost(settings, IdentityKey.generate(KeyType.SECP256K1), heard)) {
            host.start();
            List<DialStep> steps = new CopyOnWriteArrayList<>();

            host.dial(bob.address().address(), Optional.empty(), steps::add).join();

            await().untilAsserted(
                    () -> assertThat(steps).containsExactly(DialStep.CONNECT, DialStep.SECURITY, DialStep.MUXER));
        }
    }
}
