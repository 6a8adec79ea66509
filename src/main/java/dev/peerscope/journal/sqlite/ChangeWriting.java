package dev.peerscope.journal.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

import dev.peerscope.journal.ChangeArchive.EmptyPoint;
import dev.peerscope.journal.JournalEntry;
import dev.peerscope.journal.PeerPresence;
import dev.peerscope.journal.sqlite.Accounts.Account;
import dev.peerscope.journal.sqlite.Names.Kind;
import dev.peerscope.peer.PeerId;

/**
 * What the writer puts into the file: changes, the gaps between them, and states of peers from which those of past times are made.
 *
 * <p>A state is kept when the changes since the last one weigh as much as it does: so all states together take no more room than the
 * changes, and a past state costs no more than twice its own size to make. One thread at a time.
 */
final class ChangeWriting {

    private final Connection connection;
    private final Names names;
    private final Accounts accounts;
    private final int checkpointWeightMin;
    /** Peers whose state is to be kept. */
    private final LinkedHashMap<PeerId, Account> due = new LinkedHashMap<>();

    private long last;
    private long lastAt;
    private long kept;
    /** Whether a commit may have succeeded though it was said to have failed. */
    private boolean inDoubt;

    ChangeWriting(Connection connection, Names names, int checkpointWeightMin) throws SQLException {
        this.connection = connection;
        this.names = names;
        this.accounts = new Accounts(connection);
        this.checkpointWeightMin = checkpointWeightMin;
        readEnd();
    }

    private void readEnd() throws SQLException {
        last = Sql.number(connection, "SELECT last_sequence FROM journal");
        lastAt = Sql.number(connection, "SELECT last_at FROM journal");
        inDoubt = false;
    }

    /** Keeps these in one commit; what is kept already, though that seemed to have failed, not once more. */
    void append(List<JournalEntry> all, List<EmptyPoint> empties, Instant aliveAt) throws SQLException {
        if (inDoubt) {
            readEnd();
        }
        var entries = all.stream().filter(entry -> entry.sequence() > last).toList();
        transaction(() -> {
            insertGap(entries);
            insert(entries);
            for (EmptyPoint empty : empties) {
                checkpoint(accounts.peer(empty.peer()), new States.State(new PeerPresence(), empty.sequence(), true));
            }
            accounts.save();
            Sql.run(connection, "UPDATE journal SET last_sequence = ?, last_at = ?, alive_at = ?",
                    entries.isEmpty() ? last : entries.getLast().sequence(),
                    entries.isEmpty() ? lastAt : Micros.of(entries.getLast().change().at()), Micros.of(aliveAt));
        });
        if (!entries.isEmpty()) {
            last = entries.getLast().sequence();
            lastAt = Micros.of(entries.getLast().change().at());
            kept += entries.size();
        }
    }

    private void transaction(Sql.Work work) throws SQLException {
        accounts.trim();
        boolean done = false;
        try {
            Sql.inTransaction(connection, work);
            done = true;
        } finally {
            if (!done) {
                forget();
            }
        }
    }

    /** What is known by heart is read from the file again. */
    void forget() {
        accounts.forget();
        due.clear();
        inDoubt = true;
    }

    private void insertGap(List<JournalEntry> entries) throws SQLException {
        if (!entries.isEmpty() && entries.getFirst().sequence() > last + 1) {
            Sql.run(connection, "INSERT INTO gap VALUES (?, ?)", last + 1, entries.getFirst().sequence() - 1);
        }
    }

    private void insert(List<JournalEntry> entries) throws SQLException {
        try (var insert = connection.prepareStatement(ChangeRow.INSERT)) {
            for (JournalEntry entry : entries) {
                var change = entry.change();
                var account = accounts.peer(change.peer());
                long kind = accounts.kind(new Kind(change.change(), change.reason(), change.previousState()));
                int bytes = ChangeRow.bind(insert, entry, account.id, kind, accounts.cid(change.blocks()));
                insert.addBatch();
                accounts.note(account, change, entry.sequence(), bytes);
                if (Accounts.isCheckpointDue(account, checkpointWeightMin)) {
                    due.put(change.peer(), account);
                }
            }
            insert.executeBatch();
        }
    }

    /** Keeps the state of one peer whose turn it is; whether there is one more. */
    boolean checkpointNext() throws SQLException {
        var next = due.pollFirstEntry();
        if (next != null) {
            var state = new States(connection, names).after(next.getValue().id, last);
            transaction(() -> {
                checkpoint(next.getValue(), state);
                accounts.save();
            });
        }
        return !due.isEmpty();
    }

    private void checkpoint(Account account, States.State state) throws SQLException {
        accounts.noteCheckpoint(account, insertCheckpoint(connection, account.id, state));
    }

    /** Writes the state and answers with how many bytes it takes. */
    static int insertCheckpoint(Connection connection, long peer, States.State state) throws SQLException {
        byte[] bytes = PresenceBlob.encode(state.presence());
        try (var insert = connection.prepareStatement("INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?, ?)")) {
            insert.setLong(1, peer);
            insert.setLong(2, state.sequence());
            insert.setBoolean(3, state.exact());
            insert.setBytes(4, bytes);
            insert.executeUpdate();
        }
        return bytes.length;
    }

    /** The last entry that was kept. */
    long last() {
        return last;
    }

    /** Entries that were kept since the file was opened. */
    long kept() {
        return kept;
    }

    /** When the last entry became true. */
    Instant lastAt() {
        return Micros.toInstant(lastAt);
    }
}
