package dev.peerscope.journal.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.PresenceState;
import dev.peerscope.journal.sqlite.Names.Kind;
import dev.peerscope.peer.PeerId;

/**
 * What the writer knows by heart of peers, CIDs and kinds of change: their numbers, and each peer's account. Only good as long as
 * every transaction succeeds; after one that did not it is emptied and filled from the file again.
 */
final class Accounts {

    private static final int REMEMBERED_MAX = 50_000;

    /** A row of the table {@code peer}. */
    static final class Account {

        final long id;
        private long standing;
        private long weight;
        private long checkpointWeight;
        private long lastSequence;

        Account(long id, long standing, long weight, long checkpointWeight, long lastSequence) {
            this.id = id;
            this.standing = standing;
            this.weight = weight;
            this.checkpointWeight = checkpointWeight;
            this.lastSequence = lastSequence;
        }

        private void note(PresenceChanged change, long sequence, int bytes) {
            boolean before = change.previousState() != PresenceState.UNKNOWN;
            boolean after = switch (change.change()) {
                case ADDED, REPRICED, DENIED -> true;
                case REMOVED, UNDENIED -> false;
            };
            standing += (after ? change.blocks().count() : 0) - (before ? change.blocks().count() : 0);
            weight += bytes;
            lastSequence = sequence;
        }
    }

    private final Connection connection;
    private final Map<PeerId, Account> peers = new HashMap<>();
    private final Map<Cid, Long> cids = new HashMap<>();
    private final Map<Kind, Long> kinds = new HashMap<>();
    private final Set<Account> touched = new LinkedHashSet<>();

    Accounts(Connection connection) {
        this.connection = connection;
    }

    Account peer(PeerId peer) throws SQLException {
        var known = peers.get(peer);
        if (known != null) {
            return known;
        }
        try (var insert = connection.prepareStatement(
                "INSERT INTO peer (multihash, name) VALUES (?, ?) ON CONFLICT (multihash) DO NOTHING")) {
            insert.setBytes(1, peer.toBytes());
            insert.setString(2, peer.toString());
            insert.executeUpdate();
        }
        var read = readPeer(peer);
        peers.put(peer, read);
        return read;
    }

    private Account readPeer(PeerId peer) throws SQLException {
        try (var select = connection.prepareStatement("SELECT id, standing, weight, checkpoint_weight, last_sequence"
                + " FROM peer WHERE multihash = ?")) {
            select.setBytes(1, peer.toBytes());
            try (var rows = select.executeQuery()) {
                rows.next();
                return new Account(rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4),
                        rows.getLong(5));
            }
        }
    }

    long cid(BlockSet blocks) throws SQLException {
        Cid cid = blocks.cid();
        Long known = cids.get(cid);
        if (known != null) {
            return known;
        }
        try (var insert = connection.prepareStatement(
                "INSERT INTO cid (bytes, name) VALUES (?, ?) ON CONFLICT (bytes) DO NOTHING")) {
            insert.setBytes(1, cid.toBytes());
            insert.setString(2, cid.toString());
            insert.executeUpdate();
        }
        long id = Names.findCid(connection, cid).orElseThrow();
        cids.put(cid, id);
        return id;
    }

    long kind(Kind kind) throws SQLException {
        Long known = kinds.get(kind);
        if (known != null) {
            return known;
        }
        try (var insert = connection
                .prepareStatement("INSERT INTO kind (change, reason, previous_state) VALUES (?, ?, ?)"
                        + " ON CONFLICT DO NOTHING");
                var select = connection.prepareStatement(
                        "SELECT id FROM kind WHERE change = ? AND reason = ? AND previous_state = ?")) {
            bind(insert, kind);
            insert.executeUpdate();
            bind(select, kind);
            try (var rows = select.executeQuery()) {
                rows.next();
                kinds.put(kind, rows.getLong(1));
                return rows.getLong(1);
            }
        }
    }

    private static void bind(PreparedStatement statement, Kind kind) throws SQLException {
        statement.setString(1, kind.change().name());
        statement.setString(2, kind.reason().name());
        statement.setString(3, kind.previousState().name());
    }

    /** A change of this peer was kept, in so many bytes. */
    void note(Account account, PresenceChanged change, long sequence, int bytes) {
        account.note(change, sequence, bytes);
        touched.add(account);
    }

    /** A state of this peer was kept, in so many bytes. */
    void noteCheckpoint(Account account, int bytes) {
        account.weight = 0;
        account.checkpointWeight = bytes;
        touched.add(account);
    }

    /** Whether the changes since the last state that was kept weigh as much as it does, and enough to matter. */
    static boolean isCheckpointDue(Account account, int weightMin) {
        return account.weight >= Math.max(weightMin, account.checkpointWeight);
    }

    /** Those that changed since the last call are written. */
    void save() throws SQLException {
        try (var update = connection.prepareStatement(
                "UPDATE peer SET standing = ?, weight = ?, checkpoint_weight = ?, last_sequence = ? WHERE id = ?")) {
            for (Account account : touched) {
                update.setLong(1, account.standing);
                update.setLong(2, account.weight);
                update.setLong(3, account.checkpointWeight);
                update.setLong(4, account.lastSequence);
                update.setLong(5, account.id);
                update.addBatch();
            }
            update.executeBatch();
        }
        touched.clear();
    }

    /** Called between transactions. */
    void trim() {
        if (peers.size() > REMEMBERED_MAX || cids.size() > REMEMBERED_MAX) {
            forget();
        }
    }

    void forget() {
        peers.clear();
        cids.clear();
        kinds.clear();
        touched.clear();
    }
}
