package dev.peerscope.metrics;

import java.util.List;

import io.micrometer.core.instrument.Counter;

/** A counter for each value of an enum, in the order of its values. */
record Counters<E extends Enum<E>>(List<Counter> counters) {

    void add(E value, long amount) {
        counters.get(value.ordinal()).increment(amount);
    }
}
