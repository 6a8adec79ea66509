package dev.peerscope.journal.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.journal.JournalEntry;

/**
 * Ends what a run left standing that could not say goodbye.
 *
 * <p>A node that stops in order says of every block that it no longer knows, for the reason {@code node-stopped}. After a crash the
 * journal says so in its place, as of the last time at which the node is known to have run, so that the state can be rebuilt from the
 * changes alone whatever happened.
 */
final class LooseEnds {

    private static final Logger LOG = LoggerFactory.getLogger(LooseEnds.class);

    private static final int COMMIT = 2_000;
    /** Clocks of one machine that is set by the net stay closer than this. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final Connection connection;
    private final Names names;
    private final ChangeWriting writing;
    /** What is not committed yet. */
    private final List<JournalEntry> endings = new ArrayList<>();
    /** Until when an earlier run is known to have run; stays in the file until this one knows better. */
    private Instant aliveAt = Instant.EPOCH;

    LooseEnds(Connection connection, Names names, ChangeWriting writing) {
        this.connection = connection;
        this.names = names;
        this.writing = writing;
    }

    /** Ends them, notes that a run starts here, and answers with how many changes that took. */
    long tieUp(Instant now) throws SQLException {
        long before = writing.last();
        aliveAt = Micros.toInstant(Sql.number(connection, "SELECT alive_at FROM journal"));
        Instant at = aliveAt.isAfter(writing.lastAt()) ? aliveAt : writing.lastAt();
        if (at.isAfter(now.plus(AHEAD))) {
            LOG.warn(
                    "a clock is or was wrong, the history ends after the present; until then all changes get the time of its end: "
                            + "historyEnds={} now={}",
                    at, now);
        }
        for (long peer : left()) {
            end(peer, before, at);
        }
        commit();
        begin(Math.max(Micros.of(now), Micros.of(at)));
        return writing.last() - before;
    }

    /** Nothing is known of anybody from here on, whatever the accounts have it after a gap. */
    private void begin(long at) throws SQLException {
        Sql.inTransaction(connection, () -> {
            Sql.run(connection, "INSERT OR REPLACE INTO start VALUES (?, ?)", writing.last(), at);
            Sql.run(connection, "UPDATE peer SET standing = 0 WHERE standing <> 0");
        });
        writing.forget();
    }

    /** Peers of which something is known. After a gap their accounts may be wrong, so all peers of that run are looked at. */
    private List<Long> left() throws SQLException {
        long start = Sql.number(connection, "SELECT max(sequence) FROM start");
        boolean gap = Sql.number(connection, "SELECT count(*) FROM gap WHERE last > ?", start) > 0;
        List<Long> peers = new ArrayList<>();
        try (var statement = gap ? Sql.prepare(connection, "SELECT id FROM peer WHERE last_sequence > ?", start)
                : Sql.prepare(connection, "SELECT id FROM peer WHERE standing <> 0");
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                peers.add(rows.getLong(1));
            }
        }
        return peers;
    }

    private void end(long peer, long sequence, Instant at) throws SQLException {
        var known = new States(connection, names).after(peer, sequence).presence();
        for (PresenceChanged change : known.ending(at, names.peer(connection, peer), PresenceReason.NODE_STOPPED)) {
            endings.add(new JournalEntry(writing.last() + endings.size() + 1, change));
            if (endings.size() == COMMIT) {
                commit();
            }
        }
    }

    private void commit() throws SQLException {
        writing.append(endings, List.of(), aliveAt);
        endings.clear();
    }

    /** Until when an earlier run is known to have run; 1970 before the first. */
    Instant aliveAt() {
        return aliveAt;
    }
}
