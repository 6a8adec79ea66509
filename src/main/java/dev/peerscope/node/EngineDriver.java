package dev.peerscope.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.EngineOutput;
import dev.peerscope.engine.EngineReader;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEventSink;

/**
 * Hands inputs to the engine with the time, and carries out what comes back, in order. Confined to the engine's thread,
 * but for {@link #ask}, which whoever has the turn may call.
 */
final class EngineDriver {

    private final EnginePort engine;
    private final EngineEffects effects;
    /** In their order. */
    private final Map<ExchangeEventSink, Background> sinks = new LinkedHashMap<>();
    private final NodeObserver observer;
    private final InstantSource clock;
    private final InstantSource steady;
    private final Revision revision;
    private Instant lastAt = Instant.MIN;
    private @Nullable Instant wakeAt;

    /**
     * @param clock tells the time that is shown
     * @param steady is never set, and decides when the engine's deadlines have come
     */
    EngineDriver(EnginePort engine, EngineEffects effects, List<ExchangeEventSink> sinks, NodeObserver observer,
            InstantSource clock, InstantSource steady, Revision revision) {
        this.engine = engine;
        this.effects = effects;
        sinks.forEach(sink -> this.sinks.put(sink, new Background("taking events: " + sink.getClass().getName())));
        this.observer = observer;
        this.clock = clock;
        this.steady = steady;
        this.revision = revision;
    }

    /** Whatever the engine throws passes through: it cannot be used any more. */
    void handle(EngineInput input) {
        long start = System.nanoTime();
        var outputs = engine.handle(input, steady.instant(), lookAtClock());
        revision.changed();
        outputs.forEach(this::carryOut);
        observer.inputHandled(EngineInputKind.of(input), System.nanoTime() - start);
    }

    void ask(EngineTask.Ask<?> ask) {
        long start = System.nanoTime();
        ask.ask(engine.reader());
        observer.inputHandled(EngineInputKind.QUESTION, System.nanoTime() - start);
    }

    void tell(Function<Instant, ExchangeEvent> event) {
        happened(event.apply(lookAtClock()));
    }

    EngineReader reader() {
        return engine.reader();
    }

    /** Wakes the engine up if it has asked for that and the time has come. */
    void handleDeadline() {
        if (wakeAt != null && !steady.instant().isBefore(wakeAt)) {
            wakeAt = null;
            handle(new EngineInput.DeadlineReached());
        }
    }

    /** How long nothing need be done unless something comes. */
    Duration untilWake(Duration atMost) {
        if (wakeAt == null) {
            return atMost;
        }
        var wait = Duration.between(steady.instant(), wakeAt);
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(atMost) > 0 ? atMost : wait;
    }

    /** When the last input was handled. */
    Instant lastAt() {
        return lastAt;
    }

    private void carryOut(EngineOutput output) {
        switch (output) {
            case EngineOutput.Send send -> effects.send(send);
            case EngineOutput.SendBlocks request -> effects.sendBlocks(request);
            case EngineOutput.VerifyAndStore request -> effects.verifyAndStore(request);
            case EngineOutput.Disconnect request -> effects.disconnect(request);
            case EngineOutput.WakeAt(Instant at) -> wakeAt = at;
            case EngineOutput.Happened(ExchangeEvent event) -> happened(event);
        }
    }

    private void happened(ExchangeEvent event) {
        // A sink that fails must not take the exchange with it; its own gap is its own to tell.
        sinks.forEach((sink, background) -> background.run(() -> sink.accept(event)));
    }

    private Instant lookAtClock() {
        lastAt = clock.instant();
        return lastAt;
    }
}
