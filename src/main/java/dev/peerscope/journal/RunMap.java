package dev.peerscope.journal;

import java.util.Map;
import java.util.TreeMap;

/**
 * Values of leaf indices, kept as runs: a change costs by the runs that it touches, not by those that there are.
 *
 * @param <V> a value; neighbouring runs may have equal ones
 */
final class RunMap<V> {

    private record Run<V>(long last, V value) {}

    /** Takes a run. */
    @FunctionalInterface
    interface RunConsumer<V> {

        void accept(long first, long last, V value);
    }

    /** By first index; runs do not overlap. */
    private final TreeMap<Long, Run<V>> runs = new TreeMap<>();

    /** The indices from {@code first} to {@code last} have this value from now on. */
    void put(long first, long last, V value) {
        clear(first, last);
        runs.put(first, new Run<>(last, value));
    }

    /** The indices from {@code first} to {@code last} have no value any more. */
    void clear(long first, long last) {
        Map.Entry<Long, Run<V>> touched = runs.floorEntry(last);
        while (touched != null && touched.getValue().last() >= first) {
            cut(touched.getKey(), touched.getValue(), first, last);
            touched = runs.lowerEntry(touched.getKey());
        }
    }

    private void cut(long from, Run<V> run, long first, long last) {
        if (from < first) {
            runs.put(from, new Run<>(first - 1, run.value()));
        } else {
            runs.remove(from);
        }
        if (run.last() > last) {
            runs.put(last + 1, run);
        }
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Hands over the runs in ascending order. */
    void forEach(RunConsumer<V> consumer) {
        runs.forEach((first, run) -> consumer.accept(first, run.last(), run.value()));
    }
}
