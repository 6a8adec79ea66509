package dev.peerscope.node;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Connections that ended before their peer joined: the newest, and the newest for each reason, so that a flood of one reason does not
 * push out the few of another. Not safe for use by several threads.
 */
final class RefusedConnections {

    /** Kept of each reason, among the newest of all or not. */
    static final int PER_REASON = 20;

    private final int newestMax;
    /** The newest of all, the newest first. */
    private final Deque<Numbered> newest = new ArrayDeque<>();
    /** Those that are older and among the newest of their reason, the newest first. */
    private final Map<RefusalReason, Deque<Numbered>> older = new EnumMap<>(RefusalReason.class);
    /** Of each reason, those among the newest of all. */
    private final Map<RefusalReason, Integer> among = new EnumMap<>(RefusalReason.class);
    /** Of each reason, those that were forgotten too. */
    private final Map<RefusalReason, Long> counts = new EnumMap<>(RefusalReason.class);
    private long number;

    /** In their order, which their times need not tell. */
    private record Numbered(long number, RefusedConnection connection) {

        RefusalReason reason() {
            return connection.reason();
        }
    }

    RefusedConnections(int newestMax) {
        this.newestMax = newestMax;
        for (var reason : RefusalReason.values()) {
            older.put(reason, new ArrayDeque<>());
            among.put(reason, 0);
            counts.put(reason, 0L);
        }
    }

    /** Returns whether another one was forgotten for it. */
    boolean add(RefusedConnection connection) {
        counts.merge(connection.reason(), 1L, Long::sum);
        newest.addFirst(new Numbered(number++, connection));
        among.merge(connection.reason(), 1, Integer::sum);
        boolean forgotten = trim(connection.reason());
        if (newest.size() > newestMax) {
            var fallen = newest.removeLast();
            among.merge(fallen.reason(), -1, Integer::sum);
            ofReason(older, fallen.reason()).addFirst(fallen);
            forgotten |= trim(fallen.reason());
        }
        return forgotten;
    }

    /** The newest first. */
    List<RefusedConnection> all() {
        var rest = older.values().stream().flatMap(Deque::stream)
                .sorted(Comparator.comparing(Numbered::number).reversed());
        return Stream.concat(newest.stream(), rest).map(Numbered::connection).toList();
    }

    int size() {
        return newest.size() + older.values().stream().mapToInt(Deque::size).sum();
    }

    /** How many there may be. */
    int max() {
        return newestMax + PER_REASON * RefusalReason.values().length;
    }

    /** How many there were of this reason. */
    long count(RefusalReason reason) {
        return ofReason(counts, reason);
    }

    private boolean trim(RefusalReason reason) {
        var rest = ofReason(older, reason);
        boolean tooMany = !rest.isEmpty() && rest.size() + ofReason(among, reason) > PER_REASON;
        if (tooMany) {
            rest.removeLast();
        }
        return tooMany;
    }

    private static <V> V ofReason(Map<RefusalReason, V> map, RefusalReason reason) {
        return Objects.requireNonNull(map.get(reason));
    }
}
