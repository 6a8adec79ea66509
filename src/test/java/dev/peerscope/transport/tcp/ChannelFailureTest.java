package dev.peerscope.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import org.junit.jupiter.api.Test;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.ConnectionBounds;
import dev.peerscope.transport.DialStep;
import dev.peerscope.transport.HostSettings;
import dev.peerscope.transport.PeerStanding;
import dev.peerscope.transport.RecordingListener;
import dev.peerscope.transport.RefusalKind;
import dev.peerscope.transport.RefusedConnection;
import dev.peerscope.transport.TestHost;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;

/** What is told of failures that no protocol foresees, before a connection stands and after. */
class ChannelFailureTest {

    private static final Multiaddr ADDRESS = Multiaddr.parse("/ip4/192.0.2.1/tcp/8070");

    @Test
    void aConnectionThatFailsThroughUsIsLostAndNotClosedByAnyone() {
        var reason = endAfter(new IllegalStateException("a broken invariant"));

        assertThat(reason.kind()).isEqualTo(CloseReason.Kind.CONNECTION_LOST);
        assertThat(reason.detail()).isEqualTo(ChannelFailure.UNEXPECTED);
    }

    @Test
    void aConnectionThatBreaksTellsTheWordsOfTheSocketAlone() {
        var reason = endAfter(new IOException("Connection reset"));

        assertThat(reason).isEqualTo(
                new CloseReason(CloseReason.Kind.CONNECTION_LOST, "the connection broke: Connection reset"));
    }

    @Test
    void anUpgradeThatBreaksTellsTheWordsOfTheSocketAlone() {
        var refused = refusedAfter(new IOException("Connection reset"));

        assertThat(refused.step()).isEqualTo(DialStep.SECURITY);
        assertThat(refused.kind()).isEqualTo(RefusalKind.CONNECTION_LOST);
        assertThat(refused.reason()).isEqualTo("the connection broke: Connection reset");
    }

    @Test
    void aSocketThatFailsWithoutAWordJustBroke() {
        assertThat(refusedAfter(new ClosedChannelException()).reason()).isEqualTo("the connection broke");
    }

    @Test
    void anUpgradeThatFailsThroughUsIsNoViolationOfTheRemoteAndNamesNoClass() {
        var refused = refusedAfter(new DecoderException(new IllegalStateException("a broken invariant")));

        assertThat(refused.kind()).isEqualTo(RefusalKind.CONNECTION_LOST);
        assertThat(refused.reason()).isEqualTo(ChannelFailure.UNEXPECTED);
    }

    /** How a connection of ours ends when this is caught on its channel. */
    private static CloseReason endAfter(Throwable failure) {
        try (var alice = new TestHost(); var bob = new TestHost()) {
            var connection = (NettyConnection) alice.dial(bob);

            connection.channel().pipeline().fireExceptionCaught(failure);

            return await().until(() -> alice.heard.disconnected, reasons -> !reasons.isEmpty()).getFirst();
        }
    }

    /** How a socket that is to become a connection is refused when this is caught on it. */
    private static RefusedConnection refusedAfter(Throwable failure) {
        var heard = new RecordingListener();
        var table = new ConnectionTable(ConnectionBounds.DEFAULT, _ -> PeerStanding.SILENT, System::nanoTime);
        var host = new HostContext(HostSettings.listeningOn(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")),
                IdentityKey.generate(KeyType.SECP256K1), heard, new LinkedHashMap<>(), Map.of(), connection -> {},
                table, new InboundHandshakes(1), new AtomicLong(), new HashSet<>());
        var dialled = new CompletableFuture<Connection>();
        var channel = new EmbeddedChannel(new UpgradeHandler(host, new UpgradeRequest(Direction.OUTBOUND, ADDRESS,
                Optional.empty(), table.reserve().orElseThrow(), step -> {}, dialled)));

        channel.pipeline().fireExceptionCaught(failure);

        channel.finishAndReleaseAll();
        assertThat(dialled).isCompletedExceptionally();
        return heard.refused.getFirst();
    }
}
