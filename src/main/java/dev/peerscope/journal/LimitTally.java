package dev.peerscope.journal;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEvent.LimitMet;
import dev.peerscope.event.ExchangeEventSink;
import dev.peerscope.limit.LimitName;

/**
 * How often each bound has been met, and how near those are that lie outside of the node: of the journal, of requests, of meters.
 * Safe for use by several threads.
 */
public final class LimitTally implements ExchangeEventSink {

    /** By the ordinal of the bound. */
    private final AtomicLongArray times = new AtomicLongArray(LimitName.values().length);
    private final Map<LimitName, Bound> bounds = Collections.synchronizedMap(new EnumMap<>(LimitName.class));

    private record Bound(long setting, LongSupplier used) {}

    @Override
    public void accept(ExchangeEvent event) {
        if (event instanceof LimitMet met) {
            add(met.limit(), met.times());
        }
    }

    /**
     * Makes a bound known that lies outside of the node.
     *
     * @param used
     *            its present use, asked by any thread
     */
    public void register(LimitName limit, long setting, LongSupplier used) {
        bounds.put(limit, new Bound(setting, used));
    }

    /** Makes a bound known that holds for one thing, of which nothing is in use in between. */
    public void register(LimitName limit, long setting) {
        register(limit, setting, () -> 0);
    }

    /** The bounds that were made known. */
    public Set<LimitName> registered() {
        return Set.copyOf(bounds.keySet());
    }

    /** What a bound that was made known allows; 0 of another one. */
    public long setting(LimitName limit) {
        var bound = bounds.get(limit);
        return bound == null ? 0 : bound.setting();
    }

    /** How much of a bound that was made known is in use; 0 of another one. */
    public long used(LimitName limit) {
        var bound = bounds.get(limit);
        return bound == null ? 0 : bound.used().getAsLong();
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
