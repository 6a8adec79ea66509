package dev.peerscope.node;

import static dev.peerscope.node.TestPeers.ALICE;
import static dev.peerscope.node.TestPeers.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.Patience;
import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.EngineInput.MessageReceived;
import dev.peerscope.engine.EngineInput.PeerConnected;
import dev.peerscope.engine.EngineInput.PeerDisconnected;
import dev.peerscope.engine.EngineOutput;
import dev.peerscope.engine.EngineReader;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEventSink;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.PeerUse;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.peer.Direction;

class EngineLoopTest {

    private static final PeerConnected JOIN = new PeerConnected(ALICE, 1, Direction.INBOUND);
    private static final NodeLimits LIMITS = new NodeLimits(8, 1_000_000, 8, 2, 512, 1 << 20, 100, 100, 100, 100, 1);

    private final ScriptedEngine engine = new ScriptedEngine();
    private final RecordingEffects effects = new RecordingEffects();
    private final List<ExchangeEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final AtomicBoolean verificationHasRoom = new AtomicBoolean(true);
    private final AtomicReference<EngineFailure> failure = new AtomicReference<>();
    private final RecordingSource source = new RecordingSource();
    private final EngineLoop loop = new EngineLoop(engine, NodeObserver.NONE, clock::get, LIMITS,
            verificationHasRoom::get);

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    @Test
    void outputsAreCarriedOutInOrder() throws Exception {
        start();
        var first = new EngineOutput.Send(ALICE, 1, ExchangeMessage.EMPTY, 7);
        var second = new EngineOutput.Disconnect(BOB, 1, DepartureReason.PEER_TIMEOUT, "too slow");
        var third = new EngineOutput.VerifyAndStore(ALICE, 1, List.of());
        engine.answer = _ -> List.of(first, second, third);

        loop.submit(join(), _ -> true).get();

        assertThat(effects.carriedOut).containsExactly(first, second, third);
    }

    @Test
    void joinsLeavesAndQuestionsGetThroughAFloodOfMessages() throws Exception {
        start();
        var busy = new CountDownLatch(1);
        engine.answer = input -> {
            if (input instanceof MessageReceived) {
                awaitQuietly(busy);
            }
            return List.of();
        };
        for (int i = 0; i < 100; i++) {
            loop.receive(message(i), 10, source);
        }
        loop.submit(join());
        loop.submit(leave());
        var answer = loop.read(_ -> engine.inputs(MessageReceived.class).size());
        busy.countDown();

        assertThat(answer.get()).as("messages handled before the question").isLessThan(100);
        int leftAfter = engine.inputs.indexOf(leave());
        assertThat(engine.inputs.indexOf(join())).isBetween(0, leftAfter);
        assertThat(leftAfter).isLessThan(99);
        await().untilAsserted(() -> assertThat(engine.inputs(MessageReceived.class)).hasSize(100));
    }

    @Test
    void aReaderDoesNotPassTheEnginesThreadThatWaitsForItsTurn() throws Exception {
        start();
        var engineThread = loop.submit(join(), _ -> Thread.currentThread()).get();
        for (int i = 0; i < 8; i++) {
            int before = i;
            Function<EngineReader, Boolean> isAfterIt = _ -> Thread.currentThread() == engineThread
                    || engine.inputs(MessageReceived.class).size() > before;
            await().until(() -> isWaitingIn(engineThread, "await"));
            loop.read(_ -> {
                loop.receive(message(before), 10, source);
                await().until(() -> isWaitingIn(engineThread, "inTurn"));
                return true;
            }).get();

            // The engine's thread has been woken and may not run yet.
            assertThat(loop.read(isAfterIt).get()).as("round %d", i).isTrue();
            await().until(() -> engine.inputs(MessageReceived.class).size() > before);
        }
    }

    private static boolean isWaitingIn(Thread thread, String method) {
        return (thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING)
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals(method)
                                && frame.getClassName().startsWith("dev.peerscope"));
    }

    @Test
    void aReadOfABusyEngineIsAnsweredAfterTheMessageInWork() throws Exception {
        var begun = new CountDownLatch(1);
        var answered = new CopyOnWriteArrayList<CompletableFuture<Integer>>();
        engine.answer = _ -> {
            begun.countDown();
            // Readers come while a message is in work, whichever it is.
            answered.add(loop.read(_ -> engine.inputs.size()));
            return List.of();
        };
        for (int i = 0; i < 8; i++) {
            loop.receive(message(i), 10, source);
        }
        start();
        begun.await();
        for (int i = 0; i < 8; i++) {
            int number = i;
            await().until(() -> answered.size() > number);
            assertThat(answered.get(i).get(Patience.LONG.toSeconds(), TimeUnit.SECONDS))
                    .as("messages handled before answer %d", i)
                    .isEqualTo(i + 1);
        }
    }

    @Test
    void aReadOfARestingEngineIsAnsweredByItsOwnThread() throws Exception {
        start();
        loop.submit(join(), _ -> true).get();

        await().untilAsserted(
                () -> assertThat(loop.read(_ -> Thread.currentThread()).get()).isSameAs(Thread.currentThread()));
    }

    @Test
    void aReadSeesWhatEveryCommandBeforeItLedTo() throws Exception {
        start();
        for (int i = 1; i <= 1_000; i++) {
            loop.submit(join());
            assertThat(loop.read(_ -> engine.inputs.size()).get()).isEqualTo(i);
        }
    }

    @Test
    void aJoinIsHandledBeforeTheMessagesThatFollowIt() throws Exception {
        start();
        List<PeerConnected> joins = new ArrayList<>();
        for (int session = 1; session <= 200; session++) {
            joins.add(new PeerConnected(ALICE, session, Direction.INBOUND));
            loop.submit(joins.getLast());
            loop.receive(message(session), 10, source);
        }
        await().untilAsserted(() -> assertThat(engine.inputs(MessageReceived.class)).hasSize(200));
        var messages = engine.inputs(MessageReceived.class);
        for (int session = 1; session <= 200; session++) {
            int joined = engine.inputs.indexOf(joins.get(session - 1));
            assertThat(messages.get(session - 1).session()).isEqualTo(session);
            assertThat(joined).isLessThan(engine.inputs.indexOf(messages.get(session - 1)));
        }
    }

    @Test
    void aFullInboxIsToldOnceAndPausesItsSourceUntilItHasDrained() {
        for (int i = 0; i < 20; i++) {
            loop.receive(message(i), 10, source);
        }
        assertThat(source.isPaused()).isTrue();

        start();

        await().untilAsserted(() -> assertThat(engine.inputs(MessageReceived.class)).hasSize(20));
        assertThat(source.isPaused()).isFalse();
        assertThat(events).singleElement().isInstanceOfSatisfying(ExchangeEvent.LimitMet.class, met -> {
            assertThat(met.limit()).isEqualTo(LimitName.ENGINE_INBOX);
            assertThat(met.peer()).contains(ALICE);
        });
    }

    @Test
    void messagesWaitWhileTooMuchWaitsForVerification() throws Exception {
        verificationHasRoom.set(false);
        start();
        loop.receive(message(1), 10, source);

        loop.submit(join(), _ -> true).get();
        assertThat(engine.inputs).containsExactly(join());

        verificationHasRoom.set(true);
        loop.submit(leave());
        await().untilAsserted(() -> assertThat(engine.inputs(MessageReceived.class)).hasSize(1));
    }

    @Test
    void moreQuestionsThanMayWaitAreToldThatTheNodeIsBusy() throws Exception {
        var waiting = List.of(loop.read(_ -> 1), loop.read(_ -> 2));

        var third = loop.read(_ -> 3);

        assertThatThrownBy(third::get).cause().isInstanceOf(NodeBusy.class);
        start();
        assertThat(waiting.get(0).get() + waiting.get(1).get()).isEqualTo(3);
        await().untilAsserted(() -> assertThat(events).contains(
                new ExchangeEvent.LimitMet(clock.get(), LimitName.QUESTIONS, Optional.empty(), 1)));
    }

    @Test
    void aBoundThatIsMetVeryOftenIsToldInOne() {
        for (int i = 0; i < 1_000; i++) {
            loop.tellLimitMet(LimitName.CONNECTIONS);
        }
        start();

        await().untilAsserted(() -> assertThat(events).containsExactly(
                new ExchangeEvent.LimitMet(clock.get(), LimitName.CONNECTIONS, Optional.empty(), 1_000)));
    }

    @Test
    void aQuestionThatThrowsHarmsItsAskerOnly() throws Exception {
        start();

        var broken = loop.read(_ -> {
            throw new IllegalStateException("asked wrongly");
        });

        assertThatThrownBy(broken::get).isInstanceOf(ExecutionException.class).hasMessageContaining("asked wrongly");
        assertThat(loop.read(_ -> "fine").get()).isEqualTo("fine");
        assertThat(loop.isRunning()).isTrue();
    }

    @Test
    void aBrokenEngineIsNeverAskedAgain() throws Exception {
        start();
        engine.answer = input -> {
            throw new IllegalStateException("have and denied overlap");
        };
        var waiting = loop.submit(join(), _ -> true);

        assertThatThrownBy(waiting::get).cause().isInstanceOf(NodeNotRunning.class)
                .hasMessageContaining("have and denied overlap").hasMessageContaining("peer-connected")
                .hasMessageContaining(ALICE.shortText());
        assertThatThrownBy(() -> loop.read(_ -> true).get()).cause().isInstanceOf(NodeNotRunning.class);
        loop.receive(message(1), 10, source);
        loop.submit(leave());

        assertThat(loop.isRunning()).isFalse();
        assertThat(loop.failure()).isPresent();
        assertThat(failure.get()).isEqualTo(loop.failure().orElseThrow());
        loop.close();
        assertThat(engine.inputs).containsExactly(join());
    }

    @Test
    void aSourceThatCannotBeReadAgainStopsTheLoopLikeABrokenEngineAndWhoWaitsIsTold() {
        var stuck = new MessageSource() {

            @Override
            public PeerUse use() {
                return PeerUse.unlimited();
            }

            @Override
            public void pauseReading() {}

            @Override
            public void resumeReading() {
                throw new IllegalStateException("its event loop is gone");
            }
        };
        for (int i = 0; i < 9; i++) {
            loop.receive(message(i), 10, stuck);
        }
        var left = new CompletableFuture<Boolean>();
        // The fifth message is the one after which there is room again.
        engine.answer = message -> {
            if (engine.inputs.size() == 4) {
                loop.submit(leave(), _ -> true).whenComplete((_, why) -> left.completeExceptionally(why));
            }
            return List.of();
        };

        start();

        assertThatThrownBy(() -> left.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).cause()
                .isInstanceOf(NodeNotRunning.class)
                .hasMessageContaining("its event loop is gone");
        assertThat(loop.isRunning()).isFalse();
        assertThat(loop.failure()).isPresent();
        assertThat(failure.get()).isEqualTo(loop.failure().orElseThrow());
    }

    @Test
    void aSinkThatThrowsTakesNothingFromTheOthers() throws Exception {
        start(_ -> {
            throw new IllegalStateException("disk full");
        }, events::add);
        var event = new ExchangeEvent.PeerJoined(clock.get(), ALICE, Direction.INBOUND);
        engine.answer = _ -> List.of(new EngineOutput.Happened(event));

        loop.submit(join(), _ -> true).get();

        assertThat(events).containsExactly(event);
        assertThat(loop.isRunning()).isTrue();
    }

    @Test
    void theEngineIsWokenUpAtTheTimeItAskedForLast() throws Exception {
        start();
        var late = clock.get().plusSeconds(3600);
        var soon = clock.get().plusMillis(50);
        engine.answer = input -> input instanceof PeerConnected
                ? List.of(new EngineOutput.WakeAt(late), new EngineOutput.WakeAt(soon))
                : List.of();

        loop.submit(join(), _ -> true).get();
        // The turn of the first ends with a look at the clock, and so does that before the second is handled.
        loop.submit(leave(), _ -> true).get();
        loop.submit(leave(), _ -> true).get();
        assertThat(engine.inputs(EngineInput.DeadlineReached.class)).as("by its clock it is not time yet").isEmpty();
        clock.set(soon);

        await().untilAsserted(() -> assertThat(engine.inputs(EngineInput.DeadlineReached.class)).hasSize(1));
        assertThat(engine.times.getLast()).isEqualTo(soon);
    }

    @ParameterizedTest
    @ValueSource(ints = {-40, 40})
    void aClockThatIsSetNeitherMovesTheEnginesTimeNorItsDeadlines(int days) throws Exception {
        var noon = Instant.parse("2026-01-01T12:00:00Z");
        var steady = new AtomicReference<>(noon);
        clock.set(noon);
        try (var loop = new EngineLoop(engine, NodeObserver.NONE, clock::get, steady::get, LIMITS, () -> true)) {
            loop.start(effects, List.of(events::add), failure::set);
            engine.answer = input -> input instanceof PeerConnected
                    ? List.of(new EngineOutput.WakeAt(noon.plusSeconds(10))) : List.of();
            loop.submit(join(), _ -> true).get();

            clock.set(noon.plus(Duration.ofDays(days)));
            loop.submit(leave(), _ -> true).get();
            assertThat(engine.times).containsExactly(noon, noon);
            assertThat(engine.wallTimes).containsExactly(noon, clock.get());
            assertThat(engine.inputs(EngineInput.DeadlineReached.class)).isEmpty();
            steady.set(noon.plusSeconds(10));
            loop.lookAgain();

            await().until(() -> !engine.inputs(EngineInput.DeadlineReached.class).isEmpty());
            assertThat(engine.times.getLast()).isEqualTo(noon.plusSeconds(10));
        }
    }

    @Test
    void closingHandlesTheCommandsThatWait() {
        var held = new CountDownLatch(1);
        engine.answer = input -> {
            if (input instanceof PeerConnected) {
                awaitQuietly(held);
            }
            return List.of();
        };
        start();
        loop.submit(join());
        for (int i = 0; i < 50; i++) {
            loop.submit(new PeerDisconnected(BOB, i, DepartureReason.NODE_STOPPED));
        }
        var closing = Thread.ofVirtual().start(loop::close);
        held.countDown();

        await().until(() -> !closing.isAlive());

        await().untilAsserted(() -> assertThat(engine.inputs(PeerDisconnected.class)).hasSize(50));
        assertThatThrownBy(() -> loop.read(_ -> true).get()).cause().isInstanceOf(NodeNotRunning.class);
    }

    @Test
    void closingRefusesTheQuestionsThatWait() {
        var held = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        engine.answer = input -> {
            begun.countDown();
            awaitQuietly(held);
            return List.of();
        };
        start();
        loop.submit(join());
        awaitQuietly(begun);
        var question = loop.read(_ -> true);
        loop.submit(leave());
        var closing = Thread.ofVirtual().start(loop::close);
        await().until(() -> !loop.isRunning());

        held.countDown();
        await().until(() -> !closing.isAlive());

        assertThat(question).failsWithin(Patience.LONG);
        await().untilAsserted(() -> assertThat(engine.inputs).containsExactly(join(), leave()));
    }

    @Test
    void everyInputIsMeasuredByItsKind() throws Exception {
        var kinds = new CopyOnWriteArrayList<EngineInputKind>();
        var measured = new EngineLoop(engine, new MeasuringObserver(kinds), clock::get, LIMITS, () -> true);
        measured.start(effects, List.of(), failure::set);

        measured.submit(join(), _ -> true).get();
        measured.read(_ -> true).get();
        measured.close();

        assertThat(kinds).containsExactly(EngineInputKind.PEER_CONNECTED, EngineInputKind.QUESTION);
    }

    private void start(ExchangeEventSink... sinks) {
        var all = new ArrayList<>(List.of(sinks));
        if (all.isEmpty()) {
            all.add(events::add);
        }
        loop.start(effects, all, failure::set);
    }

    private static PeerConnected join() {
        return JOIN;
    }

    private static PeerDisconnected leave() {
        return new PeerDisconnected(ALICE, 1, DepartureReason.PEER_CLOSED);
    }

    private static MessageReceived message(long session) {
        return new MessageReceived(ALICE, session, ExchangeMessage.EMPTY);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record MeasuringObserver(List<EngineInputKind> kinds) implements NodeObserver {

        @Override
        public void inputHandled(EngineInputKind kind, long nanos) {
            kinds.add(kind);
        }

        @Override
        public void messageReceived(MessageSummary message) {}

        @Override
        public void messageSent(MessageSummary message) {}
    }
}
