package dev.peerscope.node;

import static dev.peerscope.node.TestPeers.ALICE;
import static dev.peerscope.node.TestPeers.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent.PeerJoined;
import dev.peerscope.event.ExchangeEvent.PeerLeft;
import dev.peerscope.event.PeerCounters;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.limit.LimitUse;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;

class PeerDirectoryTest {

    private LimitUse use(LimitName limit) {
        var register = new LimitRegister();
        directory.register(register);
        return register.use(limit);
    }

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Multiaddr ADDRESS = Multiaddr.parse("/ip4/192.0.2.1/tcp/8070");

    private final List<LimitName> forgotten = new ArrayList<>();
    private final PeerDirectory directory = new PeerDirectory(
            new NodeLimits(1, 1, 1, 1, 1, 1, 1, 1, 3, 2, 1), forgotten::add, new Revision());

    @Test
    void aPeerIsConnectedFromItsFirstConnectionToTheEnginesLeave() {
        directory.began(1, info(ALICE, 1));
        assertThat(directory.connected(ALICE)).isPresent();

        directory.update(ALICE, 1, info -> info.withConnections(0));
        assertThat(directory.connected(ALICE)).as("the engine has not handled the leave").isPresent();
        directory.accept(left(ALICE, NOON));

        assertThat(directory.connected(ALICE)).isEmpty();
    }

    @Test
    void aDepartedPeerKeepsWhatWasKnownOfIt() {
        directory.began(1, info(ALICE, 1));
        directory.update(ALICE, 1, info -> info.identified("Codex", List.of("/codex/blockexc/1.0.0")));

        directory.accept(left(ALICE, NOON));

        assertThat(directory.departed(ALICE)).hasValueSatisfying(departed -> {
            assertThat(departed.agent()).contains("Codex");
            assertThat(departed.protocols()).containsExactly("/codex/blockexc/1.0.0");
            assertThat(departed.departedAt()).isEqualTo(NOON);
            assertThat(departed.reason()).isEqualTo(DepartureReason.PEER_CLOSED);
            assertThat(departed.counters().blocksReceived()).isEqualTo(5);
        });
    }

    @Test
    void aSessionThatBeginsBeforeTheLastOneWasLeftWaitsBehindIt() {
        directory.began(1, info(ALICE, 1).identified("old", List.of()));
        directory.began(2, info(ALICE, 1).identified("new", List.of()));
        assertThat(directory.connected(ALICE).orElseThrow().agent()).contains("old");

        directory.accept(left(ALICE, NOON));

        assertThat(directory.connected(ALICE).orElseThrow().agent()).contains("new");
        assertThat(directory.departed(ALICE).orElseThrow().agent()).contains("old");
    }

    @Test
    void whoWaitsForAJoinIsToldByTheEnginesEvent() {
        directory.began(1, info(ALICE, 1));
        var join = directory.join(ALICE).orElseThrow();
        assertThat(join).isNotDone();
        assertThat(directory.isJoined(ALICE)).isFalse();

        directory.accept(new PeerJoined(NOON, ALICE, Direction.OUTBOUND));

        assertThat(join).isCompleted();
        assertThat(directory.isJoined(ALICE)).isTrue();
        assertThat(directory.joinedAt(ADDRESS)).contains(ALICE);
    }

    @Test
    void whoWaitsForAJoinThatNeverComesIsToldWhy() {
        directory.began(1, info(ALICE, 1));
        var join = directory.join(ALICE).orElseThrow();

        directory.ended(ALICE, 1, NOON, RefusalReason.LIMIT_MET);

        assertThat(join).isCompletedExceptionally();
        assertThat(join.exceptionNow()).isInstanceOfSatisfying(ConnectFailed.class,
                failed -> assertThat(failed.reason()).isEqualTo("limit-met"));
    }

    @Test
    void whoAsksWhileAPeerIsBeingRefusedIsToldWhyAllTheSame() {
        directory.began(1, info(ALICE, 1));
        directory.ending(ALICE, 1);
        var join = directory.join(ALICE).orElseThrow();

        directory.ended(ALICE, 1, NOON, RefusalReason.LIMIT_MET);

        assertThat(join.exceptionNow()).isInstanceOfSatisfying(ConnectFailed.class,
                failed -> assertThat(failed.reason()).isEqualTo("limit-met"));
    }

    @Test
    void whoAsksAfterItAllIsToldWhyAPeerThatWasDialledHereSinceThenWasNotLetIn() {
        directory.began(1, info(ALICE, 1));
        directory.ended(ALICE, 1, NOON, RefusalReason.LIMIT_MET);

        assertThat(directory.join(ALICE)).isEmpty();
        assertThat(directory.notLetIn(ADDRESS, NOON)).hasValueSatisfying(
                refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.LIMIT_MET));
        assertThat(directory.notLetIn(ADDRESS, NOON.plusMillis(1))).isEmpty();
        assertThat(directory.notLetIn(Multiaddr.parse("/ip4/192.0.2.2/tcp/8070"), NOON)).isEmpty();
    }

    @Test
    void aPeerThatIsBeingDisconnectedIsNotOneThatJoined() {
        directory.began(1, info(ALICE, 1));
        directory.accept(new PeerJoined(NOON, ALICE, Direction.OUTBOUND));

        directory.ending(ALICE, 1);

        assertThat(directory.join(ALICE)).isEmpty();
        assertThat(directory.isJoined(ALICE)).isFalse();
    }

    @Test
    void theNewestOfTheDepartedAreRemembered() {
        for (int i = 0; i < 5; i++) {
            var peer = TestPeers.named("peer " + i);
            directory.began(i, info(peer, 1));
            directory.accept(left(peer, NOON.plusSeconds(i)));
        }
        assertThat(directory.departed()).extracting(DepartedPeer::peer).containsExactly(TestPeers.named("peer 4"),
                TestPeers.named("peer 3"), TestPeers.named("peer 2"));
        assertThat(directory.departed(TestPeers.named("peer 0"))).isEmpty();
        assertThat(forgotten).containsExactly(LimitName.DEPARTED_PEERS, LimitName.DEPARTED_PEERS);
        assertThat(use(LimitName.DEPARTED_PEERS)).isEqualTo(new LimitUse(LimitName.DEPARTED_PEERS, 3, 3, 0));
    }

    @Test
    void theNewestOfTheRefusedAreRemembered() {
        for (int i = 0; i < 22; i++) {
            directory.refused(new RefusedConnection(NOON.plusSeconds(i), ADDRESS, Direction.INBOUND, "security",
                    RefusalReason.TIMEOUT, "number " + i));
        }
        assertThat(directory.refused()).extracting(RefusedConnection::detail).hasSize(20).startsWith("number 21")
                .endsWith("number 2");
        assertThat(forgotten).containsExactly(LimitName.REFUSED_CONNECTIONS, LimitName.REFUSED_CONNECTIONS);
        assertThat(use(LimitName.REFUSED_CONNECTIONS)).isEqualTo(new LimitUse(LimitName.REFUSED_CONNECTIONS,
                2 + 20L * RefusalReason.values().length, 20, 0));
    }

    @Test
    void everyRefusalIsCountedByItsReasonAlsoWhenItIsForgotten() {
        for (int i = 0; i < 4; i++) {
            directory.refused(new RefusedConnection(NOON, ADDRESS, Direction.INBOUND, "security", RefusalReason.TIMEOUT,
                    "number " + i));
        }
        directory.began(1, info(ALICE, 1));

        directory.ended(ALICE, 1, NOON, RefusalReason.LIMIT_MET);

        assertThat(directory.refusals(RefusalReason.TIMEOUT)).isEqualTo(4);
        assertThat(directory.refusals(RefusalReason.LIMIT_MET)).isEqualTo(1);
        assertThat(directory.refusals(RefusalReason.WRONG_PEER)).isZero();
    }

    @Test
    void aThousandDepartedAndAHundredRefusedAreRemembered() {
        var whole = new PeerDirectory(NodeLimits.DEFAULT, _ -> {}, new Revision());
        for (int i = 0; i < 1_001; i++) {
            whole.began(i, info(ALICE, 1));
            whole.accept(left(ALICE, NOON.plusSeconds(i)));
            whole.refused(new RefusedConnection(NOON.plusSeconds(i), ADDRESS, Direction.INBOUND, "security",
                    RefusalReason.TIMEOUT,
                    "number " + i));
        }
        assertThat(whole.departed()).hasSize(1_000);
        assertThat(whole.departed().getLast().departedAt()).isEqualTo(NOON.plusSeconds(1));
        assertThat(whole.refused()).hasSize(100);
        assertThat(whole.refused().getLast().detail()).isEqualTo("number 901");
    }

    @Test
    void theLeaveOfOnePeerLeavesTheOthersAlone() {
        directory.began(1, info(ALICE, 1));
        directory.began(2, info(BOB, 1));

        directory.accept(left(ALICE, NOON));

        assertThat(directory.connected()).extracting(ConnectedPeer::peer).containsExactly(BOB);
    }

    private static ConnectedPeer info(PeerId peer, int connections) {
        return new ConnectedPeer(peer, ADDRESS, Direction.OUTBOUND, Optional.empty(), List.of(), NOON, connections,
                "/mplex/6.7.0");
    }

    private static PeerLeft left(PeerId peer, Instant at) {
        return new PeerLeft(at, peer, Direction.OUTBOUND, DepartureReason.PEER_CLOSED, NOON, Optional.empty(),
                PeerCounters.NONE.received(5, 0));
    }
}
