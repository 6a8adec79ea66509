package dev.peerscope.journal.sqlite;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Price;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.journal.JournalEntry;

/** A journal entry as a row of the table {@code change}. */
final class ChangeRow {

    static final String COLUMNS = "sequence, at, peer, kind, cid, blocks, ranges, price, previous_price";
    static final String INSERT = "INSERT INTO change (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private ChangeRow() {}

    /** Fills in {@link #INSERT} and answers with about how many bytes the row takes. */
    static int bind(PreparedStatement insert, JournalEntry entry, long peer, long kind, long cid) throws SQLException {
        var change = entry.change();
        byte[] ranges = switch (change.blocks()) {
            case BlockSet.Leaves leaves -> RangesBlob.encode(leaves.ranges());
            case BlockSet.Single _ -> null;
        };
        insert.setLong(1, entry.sequence());
        insert.setLong(2, Micros.of(change.at()));
        insert.setLong(3, peer);
        insert.setLong(4, kind);
        insert.setLong(5, cid);
        insert.setLong(6, change.blocks().count());
        insert.setBytes(7, ranges);
        bindPrice(insert, 8, change.price());
        bindPrice(insert, 9, change.previousPrice());
        return ROW_OVERHEAD + (ranges == null ? 0 : ranges.length);
    }

    /** What a row takes beside its ranges, entries of indices included. */
    private static final int ROW_OVERHEAD = 64;

    private static void bindPrice(PreparedStatement insert, int column, Optional<Price> price) throws SQLException {
        if (price.isEmpty()) {
            insert.setNull(column, Types.NULL);
        } else if (price.get().value().bitLength() < Long.SIZE) {
            insert.setLong(column, price.get().value().longValue());
        } else {
            insert.setString(column, price.get().toString());
        }
    }

    /** The entry in the present row of a query for {@link #COLUMNS}. */
    static JournalEntry read(ResultSet row, Names names, Connection connection) throws SQLException {
        var kind = names.kind(connection, row.getLong(4));
        var cid = names.cid(connection, row.getLong(5));
        byte[] ranges = row.getBytes(7);
        BlockSet blocks = ranges == null ? new BlockSet.Single(cid)
                : new BlockSet.Leaves(cid, RangesBlob.decode(ranges));
        return new JournalEntry(row.getLong(1),
                new PresenceChanged(Micros.toInstant(row.getLong(2)), names.peer(connection, row.getLong(3)),
                        kind.change(), kind.reason(), blocks, price(row.getString(8)), price(row.getString(9)),
                        kind.previousState()));
    }

    private static Optional<Price> price(@Nullable String text) {
        return text == null ? Optional.empty() : Optional.of(Price.of(new BigInteger(text)));
    }
}
