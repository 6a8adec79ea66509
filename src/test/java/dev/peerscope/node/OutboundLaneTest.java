package dev.peerscope.node;

import static dev.peerscope.node.TestPeers.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import dev.peerscope.block.Block;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.EngineInput.PeerStalled;
import dev.peerscope.engine.EngineInput.PeerWritable;
import dev.peerscope.limit.MemoryBudget;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.peer.Direction;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.transport.StreamRefused;
import dev.peerscope.wire.WireLimits;
import dev.peerscope.wire.codex.CodexDialect;

class OutboundLaneTest {

    private static final NodeLimits LIMITS = new NodeLimits(100, 1 << 20, 100, 10, 10, 1_000, 2, 10, 10, 10, 1);

    private final ScriptedEngine engine = new ScriptedEngine();
    private final EngineLoop loop = new EngineLoop(engine, NodeObserver.NONE, InstantSource.system(), LIMITS,
            () -> true);
    private final PeerLink link = new PeerLink(ALICE, 1, new PeerLink.Means(loop, new CodexDialect(),
            WireLimits.DEFAULT, LIMITS, NodeObserver.NONE, InstantSource.system(),
            new PeerDirectory(LIMITS, _ -> {}, new Revision()),
            new MemoryBudget(Long.MAX_VALUE)));
    private final FakeConnection connection = FakeConnection.to(ALICE);
    private final List<ExchangeMessage> written = new ArrayList<>();

    @BeforeEach
    void connect() {
        loop.start(new RecordingEffects(), List.of(), _ -> {});
        link.add(connection);
    }

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    @Test
    void noStreamIsOpenedBeforeThereIsSomethingToSay() {
        assertThat(connection.opened).isEmpty();

        send(ask(1));

        assertThat(connection.opened).hasSize(1);
    }

    @Test
    void everythingGoesOutInOrderOnOneStream() {
        send(ask(1));
        send(ask(2));
        send(ask(3));

        assertThat(connection.opened).singleElement()
                .satisfies(stream -> assertThat(stream.written).containsExactly(ask(1), ask(2), ask(3)));
        assertThat(written).containsExactly(ask(1), ask(2), ask(3));
    }

    @Test
    void writtenIsSaidWhenTheSocketHasTakenItAndNotBefore() {
        connection.nextStreamsArePrompt = false;
        send(ask(1));
        assertThat(written).isEmpty();

        connection.opened.getFirst().completeWrites();

        assertThat(written).containsExactly(ask(1));
    }

    @Test
    void aStreamThatTakesNoMoreIsGivenNoMore() {
        send(ask(1));
        var stream = connection.opened.getFirst();
        stream.writable = false;

        send(ask(2));
        assertThat(stream.written).containsExactly(ask(1));
        stream.becomeWritable();

        assertThat(stream.written).containsExactly(ask(1), ask(2));
    }

    @Test
    void aStreamResetWhileIdleIsReplacedWithTheNextMessage() {
        send(ask(1));
        connection.opened.getFirst().die();
        assertThat(connection.opened).hasSize(1);

        send(ask(2));

        assertThat(connection.opened).hasSize(2);
        assertThat(connection.opened.get(1).written).containsExactly(ask(2));
        assertThat(connection.closed).isEmpty();
    }

    @Test
    void whatADeadStreamHadNotWrittenIsSentOnAnotherOneInTheSameOrder() {
        connection.nextStreamsArePrompt = false;
        send(ask(1));
        send(ask(2));
        connection.nextStreamsArePrompt = true;

        connection.opened.getFirst().die();

        assertThat(connection.opened.get(1).written).containsExactly(ask(1), ask(2));
        assertThat(written).containsExactly(ask(1), ask(2));
    }

    @Test
    void aMessageLostWithTwoStreamsIsALostConnection() {
        connection.nextStreamsArePrompt = false;
        send(ask(1));

        connection.opened.get(0).die();
        assertThat(connection.closed).isEmpty();
        connection.opened.get(1).die();

        assertThat(connection.closed).map(CloseReason::kind).contains(CloseReason.Kind.CONNECTION_LOST);
        assertThat(connection.opened).hasSize(2);
    }

    @Test
    void aStreamRefusedTwiceIsALostConnection() {
        connection.refusals.addAll(List.of(StreamRefused.Kind.FAILED, StreamRefused.Kind.TIMEOUT));

        send(ask(1));

        assertThat(connection.closed).map(CloseReason::kind).contains(CloseReason.Kind.CONNECTION_LOST);
    }

    @Test
    void aStreamRefusedOnceIsTriedAgain() {
        connection.refusals.add(StreamRefused.Kind.FAILED);

        send(ask(1));

        assertThat(written).containsExactly(ask(1));
        assertThat(connection.closed).isEmpty();
    }

    @Test
    void theOtherConnectionTakesOverWhenOneHasEnded() {
        var second = new FakeConnection(ALICE, 2, Direction.INBOUND);
        link.add(second);
        connection.refusals.add(StreamRefused.Kind.DISCONNECTED);

        send(ask(1));

        assertThat(second.opened).singleElement()
                .satisfies(stream -> assertThat(stream.written).containsExactly(ask(1)));
        assertThat(connection.closed).isEmpty();
        assertThat(second.closed).isEmpty();
    }

    @Test
    void aPeerThatDoesNotSpeakTheDialectIsStalledAndStaysConnected() throws Exception {
        connection.refusals.add(StreamRefused.Kind.NOT_SPOKEN);

        send(ask(1));
        send(ask(2));

        assertThat(inputs()).containsExactly(new PeerStalled(ALICE, 1));
        assertThat(connection.opened).isEmpty();
        assertThat(connection.closed).isEmpty();
    }

    @Test
    void whatAMutePeerDoesNotGetIsSaidAfterItsStall() throws Exception {
        connection.refusals.add(StreamRefused.Kind.NOT_SPOKEN);
        var nothing = new EngineInput.BlocksSent(ALICE, 1, List.of(), List.of(), 0);

        link.send(blockOf(10), () -> {}, () -> loop.submit(nothing));
        link.send(blockOf(10), () -> {}, () -> loop.submit(nothing));

        assertThat(inputs()).containsExactly(new PeerStalled(ALICE, 1), nothing, nothing);
    }

    @Test
    void aMutePeerThatOpensAStreamOfTheDialectIsSpokenToAfterAll() throws Exception {
        connection.refusals.add(StreamRefused.Kind.NOT_SPOKEN);
        send(ask(1));

        link.accept(connection.remoteOpens());
        send(ask(2));

        assertThat(inputs()).containsExactly(new PeerStalled(ALICE, 1), new PeerWritable(ALICE, 1));
        assertThat(written).containsExactly(ask(2));
    }

    @Test
    void aPeerThatDoesNotReadIsStalledUntilHalfOfTheRoomIsFree() throws Exception {
        connection.nextStreamsArePrompt = false;
        send(blockOf(300));
        assertThat(inputs()).isEmpty();

        send(blockOf(900));
        assertThat(inputs()).containsExactly(new PeerStalled(ALICE, 1));
        var stream = connection.opened.getFirst();
        stream.pending.removeFirst().complete(null);
        assertThat(inputs()).as("more than half is in use").hasSize(1);
        stream.completeWrites();

        assertThat(inputs()).containsExactly(new PeerStalled(ALICE, 1), new PeerWritable(ALICE, 1));
    }

    @Test
    void nothingIsSentAfterTheEnd() {
        connection.nextStreamsArePrompt = false;
        send(ask(1));

        link.end();
        send(ask(2));
        connection.opened.getFirst().completeWrites();

        assertThat(connection.opened.getFirst().written).containsExactly(ask(1));
        assertThat(written).isEmpty();
        assertThat(link.use().bytes()).isZero();
    }

    private void send(ExchangeMessage message) {
        link.send(message, () -> written.add(message));
    }

    /** What the engine was told, once it has been handled. */
    private List<EngineInput> inputs() throws Exception {
        loop.read(_ -> true).get();
        return engine.inputs;
    }

    private static ExchangeMessage ask(int number) {
        var block = Block.of(CodexCodec.BLOCK, new byte[]{(byte) number});
        return ExchangeMessage.of(new WantList(List.of(WantListEntry.wantHave(block.address())), false));
    }

    private static ExchangeMessage blockOf(int bytes) {
        var block = Block.of(CodexCodec.BLOCK, new byte[bytes]);
        return ExchangeMessage.ofDeliveries(List.of(new BlockDelivery(block.address(), block, Optional.empty())));
    }
}
