package dev.peerscope.journal.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import dev.peerscope.journal.ChangeArchive.Stretch;
import dev.peerscope.journal.ChangeFilter;
import dev.peerscope.journal.ChangeQuery;
import dev.peerscope.journal.JournalEntry;
import dev.peerscope.journal.Order;
import dev.peerscope.journal.SequenceRange;

/**
 * Questions about changes. Each walks one index in the asked order and stops at its limit; times are turned into sequence numbers
 * first, which ascend with them.
 */
final class ChangeReading {

    private final Connection connection;
    private final Names names;

    ChangeReading(Connection connection, Names names) {
        this.connection = connection;
        this.names = names;
    }

    List<JournalEntry> read(ChangeQuery query, long through) throws SQLException {
        var filter = query.filter();
        long from = forgottenThrough() + 1;
        long to = through;
        switch (query.order()) {
            case NEWEST -> to = Math.min(to, query.beyond().orElse(Long.MAX_VALUE) - 1);
            case OLDEST -> from = Math.max(from, Math.max(query.beyond().orElse(0), 0) + 1);
        }
        if (filter.since().isPresent()) {
            from = Math.max(from, lastBefore(Micros.from(filter.since().get())) + 1);
        }
        if (filter.until().isPresent()) {
            to = Math.min(to, lastBefore(Micros.from(filter.until().get())));
        }
        return from > to ? List.of() : read(query, from, to);
    }

    private List<JournalEntry> read(ChangeQuery query, long from, long to) throws SQLException {
        var filter = query.filter();
        boolean anyKind = filter.changes().isEmpty() && filter.reasons().isEmpty();
        List<Long> kinds = anyKind ? List.of() : names.kinds(connection, filter);
        Optional<String> place = place(filter);
        if (place.isEmpty() || !anyKind && kinds.isEmpty()) {
            return List.of();
        }
        String range = "sequence BETWEEN " + from + " AND " + to;
        String end = " ORDER BY sequence" + (query.order() == Order.NEWEST ? " DESC" : "") + " LIMIT " + query.limit();
        if (anyKind || !place.get().isEmpty()) {
            String ofKind = anyKind ? "" : " AND +kind IN " + list(kinds);
            return rows("WHERE " + range + place.get() + ofKind + end);
        }
        // Each kind's own index entries are in order already: as many of each as are asked for are enough.
        String each = kinds.stream()
                .map(kind -> "SELECT sequence FROM (SELECT sequence FROM change WHERE kind = " + kind + " AND " + range
                        + end + ")")
                .collect(Collectors.joining(" UNION ALL "));
        return rows("WHERE sequence IN (" + each + ")" + end);
    }

    /** The part of the question that names a peer or a tree; empty when the file has never heard of it. */
    private Optional<String> place(ChangeFilter filter) throws SQLException {
        var sql = new StringBuilder();
        if (filter.peer().isPresent()) {
            OptionalLong peer = Names.findPeer(connection, filter.peer().get());
            if (peer.isEmpty()) {
                return Optional.empty();
            }
            sql.append(" AND peer = ").append(peer.getAsLong());
        }
        if (filter.tree().isPresent()) {
            OptionalLong tree = Names.findCid(connection, filter.tree().get());
            if (tree.isEmpty()) {
                return Optional.empty();
            }
            // Where a peer is named too, its index has the CID as well and is the narrower one.
            sql.append(filter.peer().isPresent() ? " AND +cid = " : " AND cid = ").append(tree.getAsLong())
                    .append(" AND ranges IS NOT NULL");
        }
        return Optional.of(sql.toString());
    }

    private static String list(List<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }

    private List<JournalEntry> rows(String where) throws SQLException {
        List<JournalEntry> found = new ArrayList<>();
        try (var statement = connection.prepareStatement("SELECT " + ChangeRow.COLUMNS + " FROM change " + where);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(ChangeRow.read(rows, names, connection));
            }
        }
        return found;
    }

    Stretch follow(ChangeFilter filter, long after, long through, int limit) throws SQLException {
        long from = Math.max(after, forgottenThrough()) + 1;
        var entries = read(new ChangeQuery(filter, Order.OLDEST, OptionalLong.of(after), limit), through);
        long to = entries.size() < limit ? through : entries.getLast().sequence();
        return new Stretch(from, to, entries, from > to ? List.of() : gaps(from, to));
    }

    Optional<JournalEntry> find(long sequence) throws SQLException {
        return sequence <= forgottenThrough() ? Optional.empty()
                : rows("WHERE sequence = " + sequence).stream().findFirst();
    }

    long lastGap() throws SQLException {
        return Sql.number(connection, "SELECT ifnull(max(last), 0) FROM gap");
    }

    List<SequenceRange> gaps(long from, long to) throws SQLException {
        List<SequenceRange> found = new ArrayList<>();
        try (var statement = Sql.prepare(connection,
                "SELECT first, last FROM gap WHERE first <= ? AND last >= ? ORDER BY first", to, from);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new SequenceRange(Math.max(rows.getLong(1), from), Math.min(rows.getLong(2), to)));
            }
        }
        return found;
    }

    /** The last entry that became true before this time; found by halving, as times ascend. */
    long lastBefore(long micros) throws SQLException {
        long before = forgottenThrough();
        long end = Sql.number(connection, "SELECT last_sequence FROM journal");
        while (before < end) {
            long middle = before + (end - before + 1) / 2;
            long next = Sql.number(connection, "SELECT min(sequence) FROM change WHERE sequence BETWEEN ? AND ?",
                    middle, end);
            if (next != 0 && at(next) < micros) {
                before = next;
            } else {
                end = middle - 1;
            }
        }
        return before;
    }

    private long at(long sequence) throws SQLException {
        return Sql.number(connection, "SELECT at FROM change WHERE sequence = ?", sequence);
    }

    /** The last entry that is no longer kept, though its row may still be there. */
    long forgottenThrough() throws SQLException {
        return Sql.number(connection, "SELECT forgotten_through FROM journal");
    }

    Optional<Instant> oldestAt() throws SQLException {
        long first = Sql.number(connection, "SELECT min(sequence) FROM change WHERE sequence > ?", forgottenThrough());
        return first == 0 ? Optional.empty() : Optional.of(Micros.toInstant(at(first)));
    }
}
