package dev.peerscope.journal.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What the file looks like, and the steps by which a file of an earlier version comes to look like it. */
final class Schema {

    /** {@code PSCP}: tells the file from any other SQLite file. */
    private static final int APPLICATION_ID = 0x50534350;

    /** Step {@code n} makes version {@code n + 1} of version {@code n}; a step that was released is never changed. */
    static final List<String> STEPS = List
            .of("""
                    -- Peers, and what the writer needs to know of each: blocks of which something is known; how much its changes since
                    -- its last checkpoint weigh, and that checkpoint; the last entry that is about it.
                    CREATE TABLE peer (
                      id INTEGER PRIMARY KEY AUTOINCREMENT, multihash BLOB NOT NULL UNIQUE, name TEXT NOT NULL,
                      standing INTEGER NOT NULL DEFAULT 0, weight INTEGER NOT NULL DEFAULT 0,
                      checkpoint_weight INTEGER NOT NULL DEFAULT 0, last_sequence INTEGER NOT NULL DEFAULT 0);
                    CREATE TABLE cid (id INTEGER PRIMARY KEY AUTOINCREMENT, bytes BLOB NOT NULL UNIQUE, name TEXT NOT NULL);
                    CREATE TABLE kind (
                      id INTEGER PRIMARY KEY, change TEXT NOT NULL, reason TEXT NOT NULL, previous_state TEXT NOT NULL,
                      UNIQUE (change, reason, previous_state));
                    -- at: microseconds since 1970, never less than in the row before. ranges: absent for a block on its own.
                    -- Prices: integers where they fit 63 bits, else decimal text.
                    CREATE TABLE change (
                      sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, peer INTEGER NOT NULL, kind INTEGER NOT NULL,
                      cid INTEGER NOT NULL, blocks INTEGER NOT NULL, ranges BLOB, price, previous_price);
                    -- Enough of a change to filter by, so that what does not match is not looked up.
                    CREATE INDEX change_of_peer ON change (peer, sequence, kind, cid);
                    CREATE INDEX change_of_cid ON change (cid, sequence, kind);
                    CREATE INDEX change_of_kind ON change (kind);
                    -- Entries that were never kept.
                    CREATE TABLE gap (first INTEGER PRIMARY KEY, last INTEGER NOT NULL);
                    -- Starts of the service: after this entry nothing is known of any peer.
                    CREATE TABLE start (sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL);
                    -- What is known of a peer after an entry; not exact where changes before it were lost.
                    CREATE TABLE checkpoint (
                      peer INTEGER NOT NULL, sequence INTEGER NOT NULL, exact INTEGER NOT NULL, state BLOB NOT NULL,
                      PRIMARY KEY (peer, sequence));
                    CREATE TABLE journal (
                      id INTEGER PRIMARY KEY CHECK (id = 1), last_sequence INTEGER NOT NULL, last_at INTEGER NOT NULL,
                      alive_at INTEGER NOT NULL, forgotten_through INTEGER NOT NULL, forgotten_at INTEGER NOT NULL);
                    INSERT INTO journal VALUES (1, 0, 0, 0, 0, 0);
                    CREATE VIEW changes AS
                      SELECT sequence, strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000000.0, 'unixepoch') AS at, peer.name AS peer, change, reason,
                        previous_state, cid.name AS cid, ranges IS NULL AS single, blocks, price, previous_price
                      FROM change JOIN peer ON peer.id = change.peer JOIN kind ON kind.id = change.kind JOIN cid ON cid.id = change.cid
                      ORDER BY sequence""");

    private Schema() {}

    /**
     * Brings the file to the present version; nothing changes when a step fails.
     *
     * @throws HistoryRefused when it is of a later version, or no history at all
     */
    static void upgrade(Connection connection, String file) throws SQLException {
        upgrade(connection, file, STEPS);
    }

    static void upgrade(Connection connection, String file, List<String> steps) throws SQLException {
        int version = (int) Sql.number(connection, "PRAGMA user_version");
        long application = Sql.number(connection, "PRAGMA application_id");
        if (application != 0 && application != APPLICATION_ID || application == 0 && hasTables(connection)) {
            throw new HistoryRefused(
                    file + " is a database of something else; name another data directory, or move it away");
        }
        if (version > steps.size()) {
            throw new HistoryRefused(file + " was written by a later version of this program (schema " + version
                    + ", this one knows " + steps.size() + "); use that version, or move the file away");
        }
        Sql.inTransaction(connection, () -> {
            for (int step = version; step < steps.size(); step++) {
                Sql.script(connection, steps.get(step));
            }
            Sql.run(connection, "PRAGMA application_id = " + APPLICATION_ID);
            Sql.run(connection, "PRAGMA user_version = " + steps.size());
        });
    }

    private static boolean hasTables(Connection connection) throws SQLException {
        return Sql.number(connection, "SELECT count(*) FROM sqlite_schema") > 0;
    }
}
