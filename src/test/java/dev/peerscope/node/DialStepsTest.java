package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.transport.DialStep;
import dev.peerscope.transport.Libp2pHost;
import dev.peerscope.transport.TestHost;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;

/** How far a dial has come when its time runs out. */
class DialStepsTest {

    private static final Duration SHORT = Duration.ofMillis(100);

    private final TestNodes nodes = new TestNodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void theStepThatIsToldIsTheOneThatHung() {
        var directory = new PeerDirectory(NodeLimits.DEFAULT, _ -> {}, new Revision());
        var hanging = new PeerDialler((_, _, reached) -> {
            reached.accept(DialStep.SECURITY);
            return new CompletableFuture<>();
        }, TestPeers.ALICE, directory, SHORT);

        var address = new PeerAddress(Multiaddr.parse("/ip4/127.0.0.1/tcp/1"), Optional.empty());

        assertThatThrownBy(() -> hanging.connect(address).get()).cause().isInstanceOfSatisfying(ConnectFailed.class,
                failed -> {
                    assertThat(failed.step()).isEqualTo("security");
                    assertThat(failed.reason()).isEqualTo("timeout");
                    assertThat(failed).hasMessageContaining("within 0.1 s");
                });
    }

    @Test
    void eachStepIsToldWhenItBegins() {
        var bob = nodes.start();
        var heard = new RawPeer();
        try (heard; var host = new Libp2pHost(TestHost.patient(), IdentityKey.generate(KeyType.SECP256K1), heard)) {
            host.start();
            List<DialStep> steps = new CopyOnWriteArrayList<>();

            host.dial(bob.address().address(), Optional.empty(), steps::add).join();

            await().untilAsserted(
                    () -> assertThat(steps).containsExactly(DialStep.CONNECT, DialStep.SECURITY, DialStep.MUXER));
        }
    }
}
