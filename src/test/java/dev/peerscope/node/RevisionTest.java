package dev.peerscope.node;

import static dev.peerscope.node.TestPeers.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import dev.peerscope.engine.EngineInput.PeerConnected;
import dev.peerscope.engine.EngineOutput;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.PeerCounters;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.Multiaddr;

class RevisionTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ScriptedEngine engine = new ScriptedEngine();
    private final EngineLoop loop = new EngineLoop(engine, NodeObserver.NONE, () -> NOON, NodeLimits.DEFAULT,
            () -> true);
    private final Revision revision = loop.revision();

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    @Test
    void aReadChangesNothing() throws Exception {
        start();
        loop.submit(join(), _ -> true).get();
        long before = revision.current();

        loop.read(_ -> true).get();

        assertThat(revision.current()).isEqualTo(before);
    }

    @Test
    void aCommandIsCountedWhenItComesSoThatNobodyIsContentWithWhatWasBefore() {
        long before = revision.current();

        loop.submit(join());

        assertThat(revision.current()).isGreaterThan(before);
    }

    @Test
    void whoIsToldOfAChangeFindsItCounted() throws Exception {
        var told = new CopyOnWriteArrayList<Long>();
        loop.start(new RecordingEffects(), List.of(_ -> told.add(revision.current())), _ -> {});
        var joined = new ExchangeEvent.PeerJoined(NOON, ALICE, Direction.INBOUND);
        var handledAt = new CopyOnWriteArrayList<Long>();
        engine.answer = _ -> {
            handledAt.add(revision.current());
            return List.of(new EngineOutput.Happened(joined));
        };

        loop.submit(join(), _ -> true).get();

        assertThat(told.getFirst()).isGreaterThan(handledAt.getFirst());
    }

    @Test
    void whatTheDirectoryShowsIsCounted() {
        var directory = new PeerDirectory(NodeLimits.DEFAULT, _ -> {}, revision);
        var info = new ConnectedPeer(ALICE, Multiaddr.parse("/ip4/192.0.2.1/tcp/8070"), Direction.INBOUND,
                Optional.empty(), List.of(), NOON, 1, "/yamux/1.0.0");

        assertChanges(() -> directory.began(1, info));
        assertChanges(() -> directory.update(ALICE, 1, known -> known.identified("codex", List.of())));
        assertChanges(() -> directory.accept(new ExchangeEvent.PeerLeft(NOON, ALICE, Direction.INBOUND,
                DepartureReason.PEER_CLOSED, NOON, Optional.empty(), PeerCounters.NONE)));
        assertChanges(() -> directory.refused(new RefusedConnection(NOON, info.address(), Direction.INBOUND, "security",
                RefusalReason.TIMEOUT, "detail")));
    }

    private void assertChanges(Runnable change) {
        long before = revision.current();
        change.run();
        assertThat(revision.current()).isGreaterThan(before);
    }

    private void start() {
        loop.start(new RecordingEffects(), List.of(), _ -> {});
    }

    private static PeerConnected join() {
        return new PeerConnected(ALICE, 1, Direction.INBOUND);
    }
}
