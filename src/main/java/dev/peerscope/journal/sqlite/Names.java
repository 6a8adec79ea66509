package dev.peerscope.journal.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

import dev.peerscope.block.Cid;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.event.PresenceState;
import dev.peerscope.journal.ChangeFilter;
import dev.peerscope.peer.PeerId;

/**
 * The numbers that stand for peers, CIDs and kinds of change, as readers see them. A number never gets another meaning, so what was
 * read once need not be read again. Safe for use by several threads.
 */
final class Names {

    private static final int REMEMBERED_MAX = 20_000;

    /** What happened, why, and what was known before. */
    record Kind(PresenceChange change, PresenceReason reason, PresenceState previousState) {}

    private final Map<Long, PeerId> peers = new ConcurrentHashMap<>();
    private final Map<Long, Cid> cids = new ConcurrentHashMap<>();
    private final Map<Long, Kind> kinds = new ConcurrentHashMap<>();

    PeerId peer(Connection connection, long id) throws SQLException {
        var known = peers.get(id);
        return known != null ? known
                : remember(peers, id, PeerId.decode(bytes(connection, "SELECT multihash FROM peer WHERE id = ?", id)));
    }

    Cid cid(Connection connection, long id) throws SQLException {
        var known = cids.get(id);
        return known != null ? known
                : remember(cids, id, Cid.decode(bytes(connection, "SELECT bytes FROM cid WHERE id = ?", id)));
    }

    Kind kind(Connection connection, long id) throws SQLException {
        var known = kinds.get(id);
        return known != null ? known : remember(kinds, id, readKind(connection, id));
    }

    private static <T> T remember(Map<Long, T> names, long id, T name) {
        if (names.size() >= REMEMBERED_MAX) {
            names.clear();
        }
        names.put(id, name);
        return name;
    }

    private static byte[] bytes(Connection connection, String sql, long id) throws SQLException {
        try (var statement = Sql.prepare(connection, sql, id); var rows = statement.executeQuery()) {
            if (!rows.next()) {
                throw new SQLException("the history names " + id + " and does not say what that is");
            }
            return rows.getBytes(1);
        }
    }

    private static Kind readKind(Connection connection, long id) throws SQLException {
        try (var statement = Sql.prepare(connection, "SELECT change, reason, previous_state FROM kind WHERE id = ?",
                id);
                var rows = statement.executeQuery()) {
            rows.next();
            return new Kind(PresenceChange.valueOf(rows.getString(1)), PresenceReason.valueOf(rows.getString(2)),
                    PresenceState.valueOf(rows.getString(3)));
        }
    }

    static OptionalLong findPeer(Connection connection, PeerId peer) throws SQLException {
        return find(connection, "SELECT id FROM peer WHERE multihash = ?", peer.toBytes());
    }

    static OptionalLong findCid(Connection connection, Cid cid) throws SQLException {
        return find(connection, "SELECT id FROM cid WHERE bytes = ?", cid.toBytes());
    }

    private static OptionalLong find(Connection connection, String sql, byte[] bytes) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setBytes(1, bytes);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** Numbers of the kinds that the filter lets through. */
    List<Long> kinds(Connection connection, ChangeFilter filter) throws SQLException {
        List<Long> matching = new ArrayList<>();
        try (var statement = connection.prepareStatement("SELECT id FROM kind"); var rows = statement.executeQuery()) {
            while (rows.next()) {
                var kind = kind(connection, rows.getLong(1));
                if ((filter.changes().isEmpty() || filter.changes().contains(kind.change()))
                        && (filter.reasons().isEmpty() || filter.reasons().contains(kind.reason()))) {
                    matching.add(rows.getLong(1));
                }
            }
        }
        return matching;
    }
}
