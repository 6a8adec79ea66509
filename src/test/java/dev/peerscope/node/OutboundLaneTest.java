package dev.peerscope.node;

import static dev.peerscope.node.TestPeers.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import dev.peerscope.block.Block;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.EngineInput.PeerStalled;
import dev.peerscope.engine.EngineInput.PeerWritable;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.limit.MemoryBudget;
import dev.peerscope.limit.MemoryKind;
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

    private static final long FOR_EVER = 100;
    private static final ReadingRule RULE = new ReadingRule(Duration.ofSeconds(10), 1_024);

    private long nanos;
    private final ScriptedEngine engine = new ScriptedEngine();
    private final EngineLoop loop = new EngineLoop(engine, NodeObserver.NONE, InstantSource.system(), LIMITS,
            () -> true);
    private final PeerLink link = new PeerLink(ALICE, 1, new PeerLink.Means(loop, new CodexDialect(),
            WireLimits.DEFAULT, LIMITS, NodeObserver.NONE, InstantSource.system(),
            new PeerDirectory(LIMITS, _ -> {}, new Revision()),
            new MemoryBudget(Long.MAX_VALUE), RULE, () -> nanos));
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
    void aMessageIsObjectsUntilAStreamTakesItAndThenBytes() {
        connection.nextStreamsArePrompt = false;
        send(askOfMany(1_000));
        send(askOfMany(1_000));
        int onTheWire = connection.opened.getFirst().bytes;

        assertThat(link.use().bytes(MemoryKind.QUEUED_MESSAGES)).as("one is bytes, one is a range").isBetween(
                (long) onTheWire,
                onTheWire + 500L);
    }

    @Test
    void aStreamIsGivenTheNextMessageWhenTheSocketHasTakenTheLast() {
        connection.nextStreamsArePrompt = false;
        send(ask(1));
        send(ask(2));
        var stream = connection.opened.getFirst();
        assertThat(stream.written).containsExactly(ask(1));

        stream.completeWrites();

        assertThat(stream.written).containsExactly(ask(1), ask(2));
    }

    @Test
    void whatWasEncodedForADeadStreamIsGivenBackWhenItIsWrittenOrOver() {
        connection.nextStreamsArePrompt = false;
        send(ask(1));
        connection.opened.get(0).die();
        assertThat(connection.opened.get(1).lastWritten.refCnt()).as("kept for another stream").isPositive();
        connection.opened.get(1).completeWrites();
        assertThat(connection.opened.get(1).lastWritten.refCnt()).isZero();

        send(ask(2));
        link.end();

        assertThat(connection.opened.get(1).lastWritten.refCnt()).isZero();
    }

    @Test
    void aPeerThatTakesNothingIsDropped() {
        connection.nextStreamsArePrompt = false;
        send(blockOf(50_000));
        connection.opened.getFirst().unwritten = 50_000;

        assertThat(secondsUntilDropped(_ -> {})).isEqualTo(10);
        assertThat(connection.closed).map(CloseReason::kind).contains(CloseReason.Kind.TIMEOUT);
        assertThat(link.end()).contains(DepartureReason.PEER_TIMEOUT);
    }

    @Test
    void aPeerThatTakesAByteASecondIsDropped() {
        connection.nextStreamsArePrompt = false;
        send(blockOf(50_000));
        var stream = connection.opened.getFirst();
        stream.unwritten = 50_000;

        assertThat(secondsUntilDropped(_ -> stream.unwritten--)).isEqualTo(10);
    }

    @Test
    void aPeerThatTakesPartOfALongMessageStays() {
        connection.nextStreamsArePrompt = false;
        send(blockOf(50_000));
        var stream = connection.opened.getFirst();
        stream.unwritten = 50_000;

        assertThat(secondsUntilDropped(second -> stream.unwritten = Math.max(0, 50_000 - second * 1_024)))
                .isEqualTo(FOR_EVER);
    }

    @Test
    void aPeerThatNeverAgreesOnAStreamIsDropped() {
        connection.streamsNeverOpen = true;

        send(ask(1));

        assertThat(secondsUntilDropped(_ -> {})).isEqualTo(10);
    }

    @Test
    void aPeerThatSendsBytesOfTheExchangeIsNotDropped() {
        connection.nextStreamsArePrompt = false;
        send(blockOf(50_000));
        connection.opened.getFirst().unwritten = 50_000;
        var theirs = connection.remoteOpens();
        var handler = link.accept(theirs);

        assertThat(secondsUntilDropped(second -> {
            if (second < 60 && second % 5 == 0) {
                // The length of a long message, and then one byte of it after another.
                handler.received(theirs, Unpooled.wrappedBuffer(new byte[]{second == 0 ? (byte) 0x7f : 0x0a}));
            }
        })).isEqualTo(65);
    }

    @Test
    void aPeerThatWeDoNotReadMeanwhileIsNotDropped() {
        connection.nextStreamsArePrompt = false;
        send(blockOf(50_000));
        connection.opened.getFirst().unwritten = 50_000;
        connection.paused = true;

        assertThat(secondsUntilDropped(second -> connection.paused = second < 30)).isEqualTo(39);
    }

    @Test
    void aMutePeerHasNoQueueAndIsNotDropped() {
        connection.refusals.add(StreamRefused.Kind.NOT_SPOKEN);
        send(ask(1));
        send(ask(2));

        assertThat(secondsUntilDropped(_ -> {})).isEqualTo(FOR_EVER);
        assertThat(link.use().bytes(MemoryKind.QUEUED_MESSAGES)).isZero();
    }

    @Test
    void whatAnotherStreamMustSendAgainCountsAsNotTaken() {
        connection.nextStreamsArePrompt = false;
        send(blockOf(50_000));
        connection.opened.getFirst().unwritten = 20_000;
        link.lookWhetherItReads();

        connection.opened.getFirst().die();
        connection.opened.get(1).unwritten = 50_000;

        assertThat(secondsUntilDropped(_ -> {})).isEqualTo(10);
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
        link.send(message, () -> written.add(message), () -> {});
    }

    /** Looks each second, after the test has moved the world. */
    private long secondsUntilDropped(LongConsumer move) {
        for (long second = 0; second < FOR_EVER; second++) {
            nanos = Duration.ofSeconds(second).toNanos();
            move.accept(second);
            link.lookWhetherItReads();
            if (link.isClosing()) {
                return second;
            }
        }
        return FOR_EVER;
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

    private static ExchangeMessage askOfMany(int blocks) {
        var tree = Block.of(CodexCodec.ROOT, new byte[]{1}).cid();
        return ExchangeMessage.of(WantList.ofWantHaves(
                List.of(new BlockSet.Leaves(tree, BlockRanges.of(0, blocks - 1))), false));
    }

    private static ExchangeMessage blockOf(int bytes) {
        var block = Block.of(CodexCodec.BLOCK, new byte[bytes]);
        return ExchangeMessage.ofDeliveries(List.of(new BlockDelivery(block.address(), block, Optional.empty())));
    }
}
