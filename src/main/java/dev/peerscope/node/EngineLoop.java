package dev.peerscope.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.EngineInput.MessageReceived;
import dev.peerscope.engine.EngineReader;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEventSink;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.limit.OutOfMemory;
import dev.peerscope.peer.PeerId;

/**
 * The one thread that the engine runs on, and the way to it. Safe for use by any thread.
 *
 * <p>
 * Whoever has the <em>turn</em> may touch the engine: its thread while it handles inputs, or, while that thread rests, a
 * reader for the length of one question, so that a read of a quiet node needs no other thread than its own
 * ({@code docs/decisions/0018-readers-take-the-turn-and-answers-are-given-again.md}).
 *
 * <p>
 * {@code NEW → RUNNING → (close) CLOSING → ENDED}, and {@code RUNNING → FAILED} when the engine throws, or the taking of what waits: its state can no
 * longer be trusted, so nothing is handled any more, whoever waits is told, and health is down. Closing handles the
 * commands that wait, so that leaves and their events are not lost; messages and questions are.
 */
final class EngineLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineLoop.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private enum State {
        NEW, RUNNING, CLOSING, ENDED, FAILED
    }

    private final EnginePort engine;
    private final NodeObserver observer;
    private final InstantSource clock;
    private final InstantSource steady;
    private final NodeLimits limits;
    private final EngineInbox inbox;
    private final ReentrantLock turn = new ReentrantLock();
    /** Not told yet, by the ordinal of the bound. */
    private final AtomicLongArray limitsMet = new AtomicLongArray(LimitName.values().length);
    private final Revision revision = new Revision();
    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
    private volatile Optional<EngineFailure> failure = Optional.empty();
    private volatile @Nullable EngineDriver driver;
    private volatile @Nullable Thread thread;

    /** With one clock for everything, which is never set. */
    EngineLoop(EnginePort engine, NodeObserver observer, InstantSource clock, NodeLimits limits,
            BooleanSupplier messagesWelcome) {
        this(engine, observer, clock, clock, limits, messagesWelcome);
    }

    /**
     * @param clock tells the time that is shown
     * @param steady is never set, and decides when the engine's deadlines have come
     * @param messagesWelcome false while too much waits for verification; see {@link EngineInbox}
     */
    EngineLoop(EnginePort engine, NodeObserver observer, InstantSource clock, InstantSource steady, NodeLimits limits,
            BooleanSupplier messagesWelcome) {
        this.engine = engine;
        this.observer = observer;
        this.clock = clock;
        this.steady = steady;
        this.limits = limits;
        this.inbox = new EngineInbox(limits, messagesWelcome);
    }

    /**
     * Begins; what was submitted before is handled now.
     *
     * @param effects
     *            does what the engine asks for
     * @param sinks
     *            take what happened, in this order
     * @param onFailure
     *            called once, on the engine's thread, after the loop has failed
     */
    void start(EngineEffects effects, List<ExchangeEventSink> sinks, Consumer<EngineFailure> onFailure) {
        var starting = new EngineDriver(engine, effects, sinks, observer, clock, steady, revision);
        driver = starting;
        state.set(State.RUNNING);
        thread = Thread.ofPlatform().name("engine").daemon().start(() -> run(starting, onFailure));
    }

    /** Hands an input other than a message to the engine. */
    void submit(EngineInput input) {
        command(new EngineTask.Handle(input));
    }

    /** Hands an input to the engine and answers from the state that it led to, once its outputs were carried out. */
    <T> CompletableFuture<T> submit(EngineInput input, Function<EngineReader, T> question) {
        var answer = new CompletableFuture<T>();
        command(new EngineTask.HandleAndAsk<>(input, question, answer));
        return answer;
    }

    /**
     * Answers from the present state, which every command submitted before has led to: at once where the engine rests, else
     * between two messages. Fails with {@link NodeBusy} when too many questions wait.
     */
    <T> CompletableFuture<T> read(Function<EngineReader, T> question) {
        var ask = new EngineTask.Ask<>(question, new CompletableFuture<T>());
        if (answeredHere(ask)) {
            return ask.answer();
        }
        if (!isTaking()) {
            ask.refuse(notRunning());
        } else if (!inbox.question(ask)) {
            tellLimitMet(LimitName.QUESTIONS);
            ask.refuse(new NodeBusy(limits.questions()));
        } else {
            refuseIfStoppedMeanwhile();
        }
        return ask.answer();
    }

    /** Asks on the asker's own thread if nobody has the turn, or waits for it, and no command waits. */
    private boolean answeredHere(EngineTask.Ask<?> ask) {
        var resting = driver;
        // Trying passes who waits: readers that come one after the other would keep the engine's thread from its turn.
        if (resting == null || turn.isHeldByCurrentThread() || turn.hasQueuedThreads() || !turn.tryLock()) {
            return false;
        }
        try {
            // Commands leave their lane within a turn only: an empty lane means that all of them were handled.
            if (state.get() != State.RUNNING || !inbox.hasNoCommands()) {
                return false;
            }
            resting.ask(ask);
            return true;
        } finally {
            turn.unlock();
        }
    }

    /** Takes a message that was decoded; holds its source back when there is no room for more. */
    void receive(MessageReceived message, int weight, MessageSource source) {
        if (isTaking()) {
            inbox.message(message, weight, source).ifPresent(met -> tellLimitMet(met, Optional.of(message.peer())));
        }
    }

    /** A source of messages has ended. */
    void forget(MessageSource source) {
        inbox.forget(source);
    }

    /**
     * Tells the sinks, in their order, that a bound outside the engine was met. However often that happens, one telling waits at
     * most.
     */
    void tellLimitMet(LimitName limit) {
        if (limitsMet.getAndIncrement(limit.ordinal()) == 0) {
            tell(at -> new ExchangeEvent.LimitMet(at, limit, Optional.empty(),
                    limitsMet.getAndSet(limit.ordinal(), 0)));
        }
    }

    /** As the other one, where it was a peer that met it, at most as often as it brings messages. */
    void tellLimitMet(LimitName limit, Optional<PeerId> peer) {
        tell(at -> new ExchangeEvent.LimitMet(at, limit, peer, 1));
    }

    /** Tells the sinks, in their order, something that happened outside the engine. */
    void tell(Function<Instant, ExchangeEvent> event) {
        command(new EngineTask.Tell(event));
    }

    /** Messages may be welcome again. */
    void lookAgain() {
        inbox.wakeUp();
    }

    /** Messages that wait. */
    int inboxMessages() {
        return inbox.messageCount();
    }

    /** Makes the limits of what waits known. */
    void register(LimitRegister register) {
        inbox.register(register);
    }

    /** Changes with what the engine shows, and when a command comes that may change it. */
    Revision revision() {
        return revision;
    }

    /** Whether inputs are handled. */
    boolean isRunning() {
        return state.get() == State.RUNNING;
    }

    /** What broke the engine, if something did. */
    Optional<EngineFailure> failure() {
        return failure;
    }

    /** Handles the commands that wait and ends the thread; waits for that. */
    @Override
    public void close() {
        if (state.compareAndSet(State.NEW, State.ENDED)) {
            refuseWaiting();
        }
        // A failure stays one, though it may come while we look.
        state.compareAndSet(State.RUNNING, State.CLOSING);
        inbox.wakeUp();
        joinThread();
    }

    private void joinThread() {
        var running = thread;
        try {
            if (running != null && !running.join(CLOSE_TIMEOUT)) {
                LOG.warn("engine did not end in time: timeout={} ms", CLOSE_TIMEOUT.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void command(EngineTask task) {
        if (isTaking()) {
            inbox.command(task);
            // Who asks from now on is to wait for what it leads to, not to be content with an answer of before.
            revision.changed();
            refuseIfStoppedMeanwhile();
        } else {
            task.refuse(notRunning());
        }
    }

    private boolean isTaking() {
        return switch (state.get()) {
            case NEW, RUNNING, CLOSING -> true;
            case ENDED, FAILED -> false;
        };
    }

    /** The thread empties the lanes when it ends; what came just after that is emptied by the one who brought it. */
    private void refuseIfStoppedMeanwhile() {
        if (!isTaking()) {
            refuseWaiting();
        }
    }

    private void refuseWaiting() {
        inbox.drainTasks().forEach(task -> task.refuse(notRunning()));
    }

    private NodeNotRunning notRunning() {
        return new NodeNotRunning(failure.map(EngineFailure::sentence).orElse("the node is not running"));
    }

    // From here on the engine's thread.

    private void run(EngineDriver driver, Consumer<EngineFailure> onFailure) {
        try {
            while (state.get() == State.RUNNING) {
                inbox.await(driver.untilWake(LONGEST_WAIT));
                inTurn(() -> handle(driver, inbox.take(), onFailure));
            }
            while (state.get() == State.CLOSING && !inbox.hasNoCommands()) {
                inTurn(() -> handleLast(driver, inbox.take(), onFailure));
            }
        } catch (InterruptedException e) {
            LOG.warn("the engine's thread was interrupted");
        } catch (RuntimeException | Error e) {
            fail(new EngineFailure(clock.instant(), "the inbox", e), onFailure);
        } finally {
            state.updateAndGet(last -> last == State.FAILED ? last : State.ENDED);
            refuseWaiting();
        }
    }

    private void inTurn(Runnable work) {
        turn.lock();
        try {
            work.run();
        } finally {
            turn.unlock();
        }
    }

    private void handleLast(EngineDriver driver, EngineInbox.Batch batch, Consumer<EngineFailure> onFailure) {
        batch.commands().forEach(task -> guarded(driver, task, onFailure));
        batch.questions().forEach(question -> question.refuse(notRunning()));
    }

    private void handle(EngineDriver driver, EngineInbox.Batch batch, Consumer<EngineFailure> onFailure) {
        batch.commands().forEach(task -> guarded(driver, task, onFailure));
        batch.questions().forEach(task -> guarded(driver, task, onFailure));
        batch.message().ifPresent(message -> guarded(driver, new EngineTask.Handle(message), onFailure));
        guarded(driver, new EngineTask.Wake(), onFailure);
    }

    private void guarded(EngineDriver driver, EngineTask task, Consumer<EngineFailure> onFailure) {
        if (state.get() == State.FAILED) {
            task.refuse(notRunning());
            return;
        }
        try {
            perform(driver, task);
        } catch (RuntimeException | Error e) {
            fail(new EngineFailure(driver.lastAt(), task.describe(), e), onFailure);
            task.refuse(notRunning());
        }
    }

    private void fail(EngineFailure facts, Consumer<EngineFailure> onFailure) {
        OutOfMemory.endIfCause(facts.cause());
        failure = Optional.of(facts);
        state.set(State.FAILED);
        LOG.error("{}", facts.sentence(), facts.cause());
        onFailure.accept(facts);
    }

    private static void perform(EngineDriver driver, EngineTask task) {
        switch (task) {
            case EngineTask.Handle(EngineInput input) -> driver.handle(input);
            case EngineTask.HandleAndAsk<?> both -> {
                driver.handle(both.input());
                both.ask(driver.reader());
            }
            case EngineTask.Ask<?> ask -> driver.ask(ask);
            case EngineTask.Tell tell -> driver.tell(tell.event());
            case EngineTask.Wake _ -> driver.handleDeadline();
        }
    }
}
