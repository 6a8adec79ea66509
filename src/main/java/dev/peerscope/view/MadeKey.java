package dev.peerscope.view;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The place of what users made in a list of it, the oldest first: when it was made, and its id. */
public record MadeKey(Instant at, String id) implements Comparable<MadeKey> {

    private static final Comparator<MadeKey> OLDEST_FIRST = Comparator.comparing(MadeKey::at)
            .thenComparing(MadeKey::id);

    @Override
    public int compareTo(MadeKey other) {
        return OLDEST_FIRST.compare(this, other);
    }

    /** Those that follow a place, one more than wanted, so that it is known whether more follow. */
    static <T> List<T> following(Optional<MadeKey> after, int limit, List<T> all, Function<T, MadeKey> keyOf) {
        return all.stream().filter(one -> after.isEmpty() || keyOf.apply(one).compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(keyOf)).limit(limit + 1L).toList();
    }
}
