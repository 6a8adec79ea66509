package dev.peerscope.journal.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

import dev.peerscope.journal.PastPresence;
import dev.peerscope.journal.PeerPresence;
import dev.peerscope.journal.SequenceRange;
import dev.peerscope.peer.PeerId;

/**
 * What was known of a peer after an entry: the last state that was kept before it, and the peer's changes since.
 *
 * <p>Such a state is a checkpoint of the peer, or a start of the service, after which nothing is known of anybody. Where neither is
 * kept, nothing was known when what is kept began.
 */
final class States {

    /**
     * A state.
     *
     * @param exact whether no change before it was lost, as far as it matters
     */
    record State(PeerPresence presence, long sequence, boolean exact) {}

    private final Connection connection;
    private final Names names;

    States(Connection connection, Names names) {
        this.connection = connection;
        this.names = names;
    }

    PastPresence at(PeerId peer, Instant time) throws SQLException {
        var reading = new ChangeReading(connection, names);
        Instant earliest = earliest();
        if (time.isBefore(earliest)) {
            return new PastPresence.TooEarly(earliest);
        }
        long sequence = reading.lastBefore(Micros.of(time) + 1);
        var state = after(Names.findPeer(connection, peer).orElse(0), sequence);
        if (state.exact()) {
            return new PastPresence.Known(state.presence(), sequence);
        }
        return new PastPresence.Uncertain(lastGap(sequence));
    }

    /** The time since which states are kept. */
    private Instant earliest() throws SQLException {
        long forgotten = Sql.number(connection, "SELECT forgotten_at FROM journal WHERE forgotten_through > 0");
        return Micros.toInstant(forgotten != 0 ? forgotten : Sql.number(connection, "SELECT min(at) FROM start"));
    }

    private SequenceRange lastGap(long through) throws SQLException {
        try (var statement = Sql.prepare(connection,
                "SELECT first, last FROM gap WHERE first <= ? ORDER BY first DESC LIMIT 1", through);
                var rows = statement.executeQuery()) {
            rows.next();
            return new SequenceRange(rows.getLong(1), rows.getLong(2));
        }
    }

    /** What was known of the peer with this number after an entry that is kept, or the last that is not. */
    State after(long peer, long sequence) throws SQLException {
        var base = base(peer, sequence);
        try (var statement = Sql.prepare(connection, "SELECT " + ChangeRow.COLUMNS
                + " FROM change WHERE peer = ? AND sequence > ? AND sequence <= ? ORDER BY sequence", peer,
                base.sequence(), sequence); var rows = statement.executeQuery()) {
            while (rows.next()) {
                base.presence().apply(ChangeRow.read(rows, names, connection).change());
            }
        }
        boolean lost = Sql.number(connection, "SELECT count(*) FROM gap WHERE first <= ? AND last > ?", sequence,
                base.sequence()) > 0;
        return new State(base.presence(), sequence, base.exact() && !lost);
    }

    private State base(long peer, long sequence) throws SQLException {
        long start = Sql.number(connection, "SELECT max(sequence) FROM start WHERE sequence <= ?", sequence);
        try (var statement = Sql.prepare(connection, "SELECT sequence, exact, state FROM checkpoint"
                + " WHERE peer = ? AND sequence > ? AND sequence <= ? ORDER BY sequence DESC LIMIT 1", peer, start,
                sequence); var rows = statement.executeQuery()) {
            return rows.next() ? new State(PresenceBlob.decode(rows.getBytes(3)), rows.getLong(1), rows.getBoolean(2))
                    : new State(new PeerPresence(), start, true);
        }
    }
}
