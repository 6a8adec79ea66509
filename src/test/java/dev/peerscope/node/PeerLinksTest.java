package dev.peerscope.node;

import static dev.peerscope.node.TestPeers.ALICE;
import static dev.peerscope.node.TestPeers.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import dev.peerscope.engine.EngineInput.PeerConnected;
import dev.peerscope.engine.EngineInput.PeerDisconnected;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.MemoryBudget;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.wire.WireLimits;
import dev.peerscope.wire.codex.CodexDialect;

class PeerLinksTest {

    private final ScriptedEngine engine = new ScriptedEngine();
    private final EngineLoop loop = new EngineLoop(engine, NodeObserver.NONE, InstantSource.system(),
            NodeLimits.DEFAULT, () -> true);
    private final PeerDirectory directory = new PeerDirectory(NodeLimits.DEFAULT, _ -> {}, new Revision());
    private final PeerLinks links = new PeerLinks(loop, directory, new PeerStandings(),
            new PeerLink.Means(loop, new CodexDialect(),
                    WireLimits.DEFAULT, NodeLimits.DEFAULT, NodeObserver.NONE, InstantSource.system(), directory,
                    new MemoryBudget(Long.MAX_VALUE), ReadingRule.DEFAULT, System::nanoTime));

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void twoConnectionsOfAPeerAreOneJoinAndOneLeave() {
        var first = connection(ALICE, 1, Direction.OUTBOUND);
        var second = connection(ALICE, 2, Direction.INBOUND);

        links.connected(first);
        links.connected(second);
        assertThat(directory.connected(ALICE).orElseThrow().connections()).isEqualTo(2);
        links.disconnected(first, because(CloseReason.Kind.CONNECTION_LOST));
        assertThat(directory.connected(ALICE).orElseThrow().connections()).isEqualTo(1);
        links.disconnected(second, because(CloseReason.Kind.REMOTE_CLOSE));

        handleAll();
        assertThat(engine.inputs).satisfiesExactly(
                joined -> assertThat(joined).usingRecursiveComparison().ignoringFields("use")
                        .isEqualTo(new PeerConnected(ALICE, 1, Direction.OUTBOUND)),
                left -> assertThat(left)
                        .isEqualTo(new PeerDisconnected(ALICE, 1, DepartureReason.PEER_CLOSED)));
    }

    @Test
    void theEngineFindsTheLinkOfAPeerWhoseJoinItHandles() {
        var found = new CopyOnWriteArrayList<Boolean>();
        engine.answer = input -> {
            if (input instanceof PeerConnected(PeerId peer, long session, _, _)) {
                found.add(links.find(peer, session).flatMap(PeerLink::connection).isPresent());
            }
            return List.of();
        };
        loop.start(new RecordingEffects(), List.of(directory), _ -> {});
        for (int i = 0; i < 2_000; i++) {
            links.connected(connection(TestPeers.named("peer " + i), i, Direction.INBOUND));
        }
        loop.close();

        assertThat(found).hasSize(2_000).containsOnly(true);
    }

    @Test
    void eachSessionHasALargerNumberThanThoseBefore() {
        for (var peer : List.of(ALICE, BOB, ALICE)) {
            var connection = connection(peer, 1, Direction.INBOUND);
            links.connected(connection);
            links.disconnected(connection, because(CloseReason.Kind.REMOTE_CLOSE));
        }
        handleAll();

        assertThat(engine.inputs(PeerConnected.class)).extracting(PeerConnected::session).containsExactly(1L, 2L, 3L);
        assertThat(engine.inputs(PeerDisconnected.class)).extracting(PeerDisconnected::session).containsExactly(1L, 2L,
                3L);
    }

    @ParameterizedTest
    @CsvSource({"LOCAL_CLOSE, OPERATOR", "REMOTE_CLOSE, PEER_CLOSED", "CONNECTION_LOST, CONNECTION_LOST",
            "PROTOCOL_VIOLATION, PROTOCOL_VIOLATION", "LIMIT_MET, LIMIT_MET", "TIMEOUT, CONNECTION_LOST",
            "HOST_STOPPED, NODE_STOPPED"})
    void theEndOfTheLastConnectionTellsWhyThePeerLeft(CloseReason.Kind closed, DepartureReason left) {
        var connection = connection(ALICE, 1, Direction.INBOUND);
        links.connected(connection);

        links.disconnected(connection, because(closed));

        handleAll();
        assertThat(engine.inputs(PeerDisconnected.class)).extracting(PeerDisconnected::reason).containsExactly(left);
    }

    @ParameterizedTest
    @EnumSource(DepartureReason.class)
    void whatWeEndedLeavesForTheReasonWeGaveWhateverTheSocketSays(DepartureReason reason) {
        var connection = connection(ALICE, 1, Direction.INBOUND);
        links.connected(connection);

        links.find(ALICE).orElseThrow().close(reason, "by the test");
        links.find(ALICE).orElseThrow().close(DepartureReason.OPERATOR, "too late to count");
        assertThat(connection.closed).map(CloseReason::detail).contains("by the test");
        links.disconnected(connection, because(CloseReason.Kind.CONNECTION_LOST));

        handleAll();
        assertThat(engine.inputs(PeerDisconnected.class)).extracting(PeerDisconnected::reason).containsExactly(reason);
    }

    @Test
    void aConnectionThatComesWhileItsPeerIsBeingDisconnectedIsClosedAsWell() {
        var first = connection(ALICE, 1, Direction.INBOUND);
        var second = connection(ALICE, 2, Direction.INBOUND);
        links.connected(first);
        links.find(ALICE).orElseThrow().close(DepartureReason.OPERATOR, "by the test");

        links.connected(second);

        assertThat(second.closed).isPresent();
    }

    @Test
    void aConnectionThatIsClosedAsItComesAndTellsItAtOnceIsCountedNoMore() {
        var first = connection(ALICE, 1, Direction.INBOUND);
        var second = connection(ALICE, 2, Direction.INBOUND);
        links.connected(first);
        links.find(ALICE).orElseThrow().close(DepartureReason.OPERATOR, "by the test");
        second.whenClosed = reason -> links.disconnected(second, reason);

        links.connected(second);

        assertThat(directory.connected(ALICE).orElseThrow().connections()).isEqualTo(1);
    }

    @Test
    void aPeerThatIsBeingDisconnectedHasNotJoined() {
        var connection = connection(ALICE, 1, Direction.OUTBOUND);
        links.connected(connection);
        directory.accept(new ExchangeEvent.PeerJoined(Instant.EPOCH, ALICE, Direction.OUTBOUND));
        assertThat(directory.isJoined(ALICE)).isTrue();

        links.find(ALICE).orElseThrow().close(DepartureReason.OPERATOR, "by the test");

        assertThat(directory.isJoined(ALICE)).isFalse();
        assertThat(directory.joinedAt(connection.remoteAddress())).isEmpty();
        assertThat(directory.join(ALICE)).as("the end of a session is no join to wait for").isEmpty();
    }

    @Test
    void streamsOfAPeerThatHasTooManyAreCounted() {
        var connection = connection(ALICE, 1, Direction.INBOUND);
        links.connected(connection);
        var events = new CopyOnWriteArrayList<ExchangeEvent>();
        for (int i = 0; i < NodeLimits.DEFAULT.peerIncomingStreams() + 3; i++) {
            links.accept(connection.remoteOpens());
        }
        loop.start(new RecordingEffects(), List.of(events::add), _ -> {});
        loop.close();
        assertThat(events).singleElement().isInstanceOfSatisfying(ExchangeEvent.LimitMet.class, met -> {
            assertThat(met.limit()).isEqualTo(LimitName.PEER_STREAMS);
            assertThat(met.peer()).contains(ALICE);
            assertThat(met.times()).isEqualTo(3);
        });
    }

    @Test
    void aSessionThatTheEngineNeverLetInIsListedAsRefused() {
        var connection = connection(ALICE, 1, Direction.INBOUND);
        links.connected(connection);
        links.find(ALICE).orElseThrow().close(DepartureReason.LIMIT_MET, "10 peers are connected");

        links.disconnected(connection, because(CloseReason.Kind.LIMIT_MET));

        handleAll();
        assertThat(directory.connected(ALICE)).isEmpty();
        assertThat(directory.departed(ALICE)).isEmpty();
        assertThat(directory.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.step()).isEqualTo("join");
            assertThat(refused.reason()).isEqualTo(RefusalReason.LIMIT_MET);
        });
    }

    @Test
    void aStreamOfAPeerThatHasLeftIsReset() {
        var connection = connection(ALICE, 1, Direction.INBOUND);
        var stream = connection.remoteOpens();

        links.accept(stream);

        assertThat(stream.wasReset).isTrue();
    }

    @Test
    void everyReasonForALeaveHasItsWayToCloseAConnection() {
        var kinds = EnumSet.noneOf(CloseReason.Kind.class);
        for (var reason : DepartureReason.values()) {
            kinds.add(Departures.kind(reason));
        }
        assertThat(kinds).doesNotContain(CloseReason.Kind.REMOTE_CLOSE);
    }

    private void handleAll() {
        loop.start(new RecordingEffects(), List.of(directory), _ -> {});
        loop.close();
    }

    private static FakeConnection connection(PeerId peer, long id, Direction direction) {
        return new FakeConnection(peer, id, direction);
    }

    private static CloseReason because(CloseReason.Kind kind) {
        return new CloseReason(kind, "by the test");
    }
}
