package dev.peerscope.journal;

import java.util.concurrent.atomic.AtomicLongArray;

import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEvent.LimitMet;
import dev.peerscope.event.ExchangeEventSink;
import dev.peerscope.event.LimitName;

/** How often each bound has been met. Safe for use by several threads. */
public final class LimitTally implements ExchangeEventSink {

    /** By the ordinal of the bound. */
    private final AtomicLongArray times = new AtomicLongArray(LimitName.values().length);

    @Override
    public void accept(ExchangeEvent event) {
        if (event instanceof LimitMet met) {
            add(met.limit(), met.times());
        }
    }

    /** Counts records, entries or attempts that a bound turned away. */
    public void add(LimitName limit, long turnedAway) {
        times.addAndGet(limit.ordinal(), turnedAway);
    }

    /** What a bound has turned away since the start. */
    public long times(LimitName limit) {
        return times.get(limit.ordinal());
    }
}
