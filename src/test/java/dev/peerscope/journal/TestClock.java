package dev.peerscope.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test moves on and sets, and beside it one that is never set. */
final class TestClock implements InstantSource {

    private volatile Instant now;
    private volatile long nanos;

    TestClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    long nanoTime() {
        return nanos;
    }

    /** Time passes. */
    synchronized void advance(Duration by) {
        now = now.plus(by);
        nanos += by.toNanos();
    }

    /** Somebody sets the clock, in no time. */
    synchronized void jump(Duration by) {
        now = now.plus(by);
    }

    HistoryClock history() {
        return new HistoryClock(this, this::nanoTime);
    }
}
