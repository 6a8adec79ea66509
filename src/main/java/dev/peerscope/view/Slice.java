package dev.peerscope.view;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Some items of an ordered whole.
 *
 * @param next the key after which the next slice begins; empty when nothing follows
 */
public record Slice<T, K>(List<T> items, Optional<K> next) {

    public Slice {
        items = List.copyOf(items);
    }

    /** The slice without items. */
    public static <T, K> Slice<T, K> empty() {
        return new Slice<>(List.of(), Optional.empty());
    }

    /**
     * Makes a slice from items that were read one more than wanted, so that it is known whether more follow.
     *
     * @param read up to {@code limit + 1} items
     */
    static <S, T, K> Slice<T, K> of(List<S> read, int limit, Function<S, T> shape, Function<S, K> key) {
        var kept = read.size() > limit ? read.subList(0, limit) : read;
        Optional<K> next = read.size() > limit ? Optional.of(key.apply(kept.getLast())) : Optional.empty();
        return new Slice<>(kept.stream().map(shape).toList(), next);
    }
}
