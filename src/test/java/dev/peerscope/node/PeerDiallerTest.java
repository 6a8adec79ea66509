package dev.peerscope.node;

import static dev.peerscope.node.TestPeers.ALICE;
import static dev.peerscope.node.TestPeers.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent.PeerJoined;
import dev.peerscope.event.ExchangeEvent.PeerLeft;
import dev.peerscope.event.PeerCounters;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.DialStep;

/** A connection may stand, and its session be over, before who has dialled comes to look. */
class PeerDiallerTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final FakeConnection connection = FakeConnection.to(BOB);
    private final CompletableFuture<Connection> dialled = new CompletableFuture<>();
    private final PeerDirectory directory = new PeerDirectory(NodeLimits.DEFAULT, _ -> {}, new Revision());
    private final PeerDialler dialler = new PeerDialler((_, _, _) -> dialled, ALICE, directory, Duration.ofMinutes(1));

    @Test
    void whoComesWhileThePeerIsBeingLetInWaitsForThat() {
        directory.began(1, info());
        var connected = connect();
        assertThat(connected).isNotDone();

        directory.accept(new PeerJoined(NOON, BOB, connection.direction()));

        assertThat(connected).isCompletedWithValue(new Connected(BOB, false));
    }

    @Test
    void whoComesAfterThePeerWasRefusedIsToldWhy() {
        directory.began(1, info());
        directory.ended(BOB, 1, NOON, RefusalReason.LIMIT_MET);

        assertThat(connect().exceptionNow()).isInstanceOfSatisfying(ConnectFailed.class, failed -> {
            assertThat(failed.step()).isEqualTo("join");
            assertThat(failed.reason()).isEqualTo("limit-met");
            assertThat(failed).hasMessage("peer " + BOB + " was not let in");
        });
    }

    @Test
    void whoComesAfterThePeerHasLeftIsToldThatItsConnectionEnded() {
        directory.began(1, info());
        directory.accept(new PeerJoined(NOON, BOB, connection.direction()));
        directory.accept(new PeerLeft(NOON, BOB, connection.direction(), DepartureReason.PEER_CLOSED, NOON,
                Optional.empty(), PeerCounters.NONE));

        assertThat(connect().exceptionNow()).isInstanceOfSatisfying(ConnectFailed.class, failed -> {
            assertThat(failed.step()).isEqualTo("join");
            assertThat(failed.reason()).isEqualTo("connection-lost");
        });
    }

    @Test
    void aConnectionThatComesAfterTheTimeOfItsDialIsClosed() {
        var late = dialler.connect(address(), Duration.ofMillis(1));
        assertTimedOut(late, "connect");
        assertThat(connection.closed).isEmpty();

        dialled.complete(connection);

        assertThat(connection.closed).map(CloseReason::kind).contains(CloseReason.Kind.LOCAL_CLOSE);
    }

    @Test
    void aConnectionWhosePeerDoesNotJoinInTimeIsClosed() {
        directory.began(1, info());
        dialled.complete(connection);

        assertTimedOut(dialler.connect(address(), Duration.ofMillis(1)), "join");

        await().untilAsserted(() -> assertThat(connection.closed).isPresent());
    }

    @Test
    void aDialThatThrowsFailsWithTheStepThatWasUnderWay() {
        var throwing = new PeerDialler((_, _, reached) -> {
            reached.accept(DialStep.SECURITY);
            throw new IllegalStateException("a defect of the transport");
        }, ALICE, directory, Duration.ofMinutes(1));

        assertThat(throwing.connect(address()).exceptionNow()).isInstanceOfSatisfying(ConnectFailed.class, failed -> {
            assertThat(failed.step()).isEqualTo(DialStep.SECURITY.text());
            assertThat(failed.reason()).isEqualTo("failed");
            assertThat(failed).hasMessageContaining("a defect of the transport");
        });
    }

    @Test
    void dialsThatAreUnderWayEndWhenTheNodeStops() {
        var connecting = dialler.connect(address());

        dialler.stop();

        assertThat(connecting.exceptionNow()).isInstanceOf(NodeNotRunning.class);
        assertThat(dialler.connect(address()).exceptionNow()).isInstanceOf(NodeNotRunning.class);
    }

    private static void assertTimedOut(CompletableFuture<Connected> connecting, String step) {
        assertThat(connecting).failsWithin(Duration.ofMinutes(1)).withThrowableThat()
                .havingCause().isInstanceOfSatisfying(ConnectFailed.class, failed -> {
                    assertThat(failed.step()).isEqualTo(step);
                    assertThat(failed.reason()).isEqualTo("timeout");
                });
    }

    private CompletableFuture<Connected> connect() {
        var connected = dialler.connect(address());
        dialled.complete(connection);
        return connected;
    }

    private PeerAddress address() {
        return new PeerAddress(connection.remoteAddress(), Optional.empty());
    }

    private ConnectedPeer info() {
        return new ConnectedPeer(BOB, connection.remoteAddress(), connection.direction(), Optional.empty(), List.of(),
                NOON, 1, connection.muxer());
    }
}
