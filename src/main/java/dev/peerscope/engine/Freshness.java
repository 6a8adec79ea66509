package dev.peerscope.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * When one peer had last been asked about all our wants, and from when on that is too long ago.
 *
 * <p>A turn has ended when its last batch has been written: what waits in our own queue has not been asked. Nothing need happen
 * for knowledge to become stale, so the engine is woken when it does, and its time moves on.
 */
final class Freshness {

    /** Knowledge is stale when no turn has ended for so many times the time that a turn should take. */
    private static final int TURNS_UNTIL_STALE = 3;

    private final Deadlines.Deadline becomesStale;
    /** The tokens of the last batches of turns that have been handed over and not been written to their end, in order; each once. */
    private final Deque<Long> unwrittenTurns = new ArrayDeque<>();
    private long writtenToken;
    private final Outputs outputs;
    /** As readers are shown it. */
    private @Nullable Instant turnEnded;
    /** Knowledge ages from here: the end of the last turn, or when there began to be something to ask. */
    private Instant agesFrom;

    Freshness(EngineBasics basics) {
        this.outputs = basics.outputs();
        this.agesFrom = outputs.now();
        this.becomesStale = basics.deadlines().create(() -> {
            // That time moves on is all that is needed.
        });
    }

    /** There was nothing to ask before now. */
    void startOver(Instant now) {
        agesFrom = now;
    }

    /** All batches of a turn have been handed over, the one with this token last of all that there were so far. */
    void turnHandedOver(long lastToken, Instant now) {
        if (lastToken <= writtenToken) {
            turnEnded(now);
        } else if (!unwrittenTurns.contains(lastToken)) {
            unwrittenTurns.add(lastToken);
        }
    }

    /** Batches that have been handed over and not been written never will be. */
    void dropped() {
        unwrittenTurns.clear();
    }

    /** Batches are written in their order. */
    void written(long token, Instant now) {
        writtenToken = Math.max(writtenToken, token);
        while (!unwrittenTurns.isEmpty() && unwrittenTurns.getFirst() <= writtenToken) {
            unwrittenTurns.removeFirst();
            turnEnded(now);
        }
    }

    private void turnEnded(Instant now) {
        turnEnded = outputs.wallTime();
        agesFrom = now;
    }

    /** A turn should take so long from now on. */
    void expectTurns(Duration length, Instant now) {
        Instant at = staleFrom(length);
        if (now.isBefore(at)) {
            becomesStale.set(at);
        } else {
            becomesStale.clear();
        }
    }

    /** There is nothing to ask, or nobody. */
    void expectNothing() {
        becomesStale.clear();
    }

    boolean isStale(Duration turnLength, Instant now) {
        return !now.isBefore(staleFrom(turnLength));
    }

    private Instant staleFrom(Duration turnLength) {
        return agesFrom.plus(turnLength.multipliedBy(TURNS_UNTIL_STALE));
    }

    Optional<Instant> turnEnded() {
        return Optional.ofNullable(turnEnded);
    }
}
