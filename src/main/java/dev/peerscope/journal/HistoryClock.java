package dev.peerscope.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether the clock can be believed, for what cannot be undone is decided by it: changes that are too old are forgotten.
 *
 * <p>The clock is believed while it is within a day of where it should be: at the start, of when the node is last known to have run;
 * later, of that and the time that has passed since by a clock that is never set. Once it is further off it is in doubt, until it is back
 * or an operator confirms it. A node that was switched off for long looks the same, and is treated the same. Safe for use by several
 * threads.
 */
final class HistoryClock {

    /** No machine that is set by the net, changes its time zone or sleeps for a night is off by more. */
    static final Duration JUMP = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(HistoryClock.class);

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    /** What the clock should say, as of {@link #nanos}. */
    private Instant expected;
    private long nanos;
    private @Nullable ClockJump jump;

    /** Begins with the clock as it is. */
    HistoryClock(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.expected = clock.instant();
        this.nanos = nanoTime.getAsLong();
    }

    /** The node is known to have run until then; empty when nothing is kept that could be lost. */
    synchronized void begin(Optional<Instant> aliveAt) {
        aliveAt.ifPresent(at -> expected = at);
        read();
    }

    /** Looks at the clock. */
    synchronized HistoryTime read() {
        long present = nanoTime.getAsLong();
        expected = expected.plusNanos(present - nanos);
        nanos = present;
        var now = clock.instant();
        if (Duration.between(expected, now).abs().compareTo(JUMP) <= 0) {
            believe(now);
        } else {
            doubt(new ClockJump(now, expected));
        }
        return new HistoryTime(expected, now.isBefore(expected) ? now : expected, nanos, jump != null);
    }

    private void believe(Instant now) {
        expected = now;
        if (jump != null) {
            LOG.info("the clock is back or confirmed, changes are forgotten for age as configured: clock={}", now);
            jump = null;
        }
    }

    private void doubt(ClockJump found) {
        if (jump == null) {
            LOG.warn("the clock has jumped: {}: clock={} expected={} ahead={}", found.sentence(), found.clock(),
                    found.expected(), found.ahead());
        }
        jump = found;
    }

    /** The operator says that the clock is right. */
    synchronized void accept() {
        expected = clock.instant();
        read();
    }

    /** How the clock is off, while it is in doubt. */
    synchronized Optional<ClockJump> jump() {
        return Optional.ofNullable(jump);
    }
}
