package dev.peerscope.journal.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.journal.HistoryTime;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;

/**
 * Forgets the earliest changes when they are too old or the file is too large, in steps that the writer takes between commits.
 *
 * <p>One round forgets a twentieth of what is kept at least, so that rounds are rare: <ol> <li>choose the last entry to forget; <li>keep
 * the state after it of every peer that has changes up to there, so that later states lose no ground; <li>say that it is forgotten;
 * <li>delete row by row what is. </ol> A crash in between costs nothing: states that were kept stay true, and deleting goes on at the
 * next start.
 */
final class Pruning {

    private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);

    /** A round forgets at least this part of what is kept, or of the time for which it is. */
    private static final int PART = 20;
    /** So often it is looked whether there is something to forget. */
    private static final long LOOKING_NANOS = Duration.ofSeconds(1).toNanos();
    /** While the clock is in doubt, so often a round may forget this part of the rows that are kept for their age. */
    private static final long DOUBTING_NANOS = Duration.ofHours(1).toNanos();
    private static final int DOUBTED_PART = 100;
    private static final int DELETED_AT_ONCE = 2_000;
    private static final int PAGES_FREED_AT_ONCE = 256;

    private final Connection connection;
    private final Names names;
    private final ArchiveLimits limits;
    private final LimitRegister tally;
    private final Runnable namesDeleted;

    /** The last entry that this round forgets; 0 between rounds. */
    private long target;
    private boolean forSize;
    /** Peers whose state at the target is still to be kept. */
    private final Deque<Long> peers = new ArrayDeque<>();
    private long deletedThrough;
    /** As the file says; changed here only. */
    private long forgottenThrough;
    private boolean looked;
    private long lookedNanos;
    /** When the clock was last believed, or a round last forgot for age in spite of it. */
    private long believedNanos;
    private boolean stepped;

    /** {@code namesDeleted} is told when peers or CIDs that nothing speaks of any more are gone. */
    Pruning(Connection connection, Names names, ArchiveLimits limits, LimitRegister tally, Runnable namesDeleted)
            throws SQLException {
        this.connection = connection;
        this.names = names;
        this.limits = limits;
        this.tally = tally;
        this.namesDeleted = namesDeleted;
        this.forgottenThrough = Sql.number(connection, "SELECT forgotten_through FROM journal");
        this.deletedThrough = Math.max(0, Sql.number(connection, "SELECT min(sequence) FROM change") - 1);
    }

    /** Takes one step; whether there is one more to take now. */
    boolean step(HistoryTime time) throws SQLException {
        if (!stepped || !time.inDoubt()) {
            stepped = true;
            believedNanos = time.nanos();
        }
        if (deletedThrough < forgottenThrough) {
            delete();
        } else if (target == 0) {
            return look(time);
        } else if (peers.isEmpty()) {
            forget();
        } else {
            keepState(peers.removeFirst());
        }
        return true;
    }

    /** A step failed: the round begins anew. */
    void giveUp() {
        target = 0;
        peers.clear();
    }

    private boolean look(HistoryTime time) throws SQLException {
        if (looked && time.nanos() - lookedNanos < LOOKING_NANOS) {
            return false;
        }
        boolean more = begin(time) || freePages();
        looked = !more;
        lookedNanos = time.nanos();
        return more;
    }

    private boolean begin(HistoryTime time) throws SQLException {
        long byAge = time.inDoubt() ? tooOldInDoubt(time) : tooOld(time.now());
        long bySize = usedBytes(connection) > limits.size() ? part() : 0;
        target = Math.max(byAge, bySize);
        forSize = bySize > byAge;
        if (target == 0) {
            return false;
        }
        try (var statement = Sql.prepare(connection, "SELECT DISTINCT peer FROM change WHERE sequence <= ?", target);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                peers.add(rows.getLong(1));
            }
        }
        return true;
    }

    /** The last entry that is too old, once the earliest is so by a part of the age that is allowed. */
    private long tooOld(Instant now) throws SQLException {
        var reading = new ChangeReading(connection, names);
        Instant horizon = now.minus(limits.age());
        var oldest = reading.oldestAt();
        boolean due = oldest.isPresent() && oldest.get().isBefore(horizon.minus(limits.age().dividedBy(PART)));
        return due ? reading.lastBefore(Micros.from(horizon)) : 0;
    }

    /** As {@link #tooOld}, but a small part, and seldom: what the clock has wrong must not cost the history. */
    private long tooOldInDoubt(HistoryTime time) throws SQLException {
        long byAge = time.nanos() - believedNanos < DOUBTING_NANOS ? 0 : tooOld(time.now());
        if (byAge == 0) {
            return 0;
        }
        believedNanos = time.nanos();
        long rows = Sql.number(connection, "SELECT count(*) FROM change WHERE sequence > ?", forgottenThrough);
        long mayGo = rows / DOUBTED_PART;
        return mayGo == 0 ? 0
                : Math.min(byAge, Sql.number(connection,
                        "SELECT sequence FROM change WHERE sequence > ? ORDER BY sequence LIMIT 1 OFFSET ?",
                        forgottenThrough, mayGo - 1));
    }

    private long part() throws SQLException {
        long last = Sql.number(connection, "SELECT last_sequence FROM journal");
        long kept = last - forgottenThrough;
        return kept == 0 ? 0 : forgottenThrough + Math.max(1, kept / PART);
    }

    private void keepState(long peer) throws SQLException {
        var state = new States(connection, names).after(peer, target);
        Sql.inTransaction(connection, () -> ChangeWriting.insertCheckpoint(connection, peer, state));
    }

    private void forget() throws SQLException {
        long through = target;
        Sql.inTransaction(connection, () -> {
            long at = Sql.number(connection, "SELECT at FROM change WHERE sequence <= ? ORDER BY sequence DESC LIMIT 1",
                    through);
            Sql.run(connection, "UPDATE journal SET forgotten_through = ?, forgotten_at = max(forgotten_at, ?)",
                    through,
                    at);
            // The last start before it stays: nothing was known of anybody there.
            long start = Sql.number(connection, "SELECT max(sequence) FROM start WHERE sequence <= ?", through);
            Sql.run(connection, "DELETE FROM start WHERE sequence < ?", start);
            Sql.run(connection, "DELETE FROM gap WHERE last <= ?", start);
            Sql.run(connection, "DELETE FROM checkpoint WHERE sequence < ? AND EXISTS (SELECT 1 FROM checkpoint later"
                    + " WHERE later.peer = checkpoint.peer AND later.sequence > checkpoint.sequence AND later.sequence <= ?)",
                    through, through);
            // Where nothing is kept nothing was known; an empty state need only be kept after a gap, to say that it is exact.
            Sql.run(connection, "DELETE FROM checkpoint WHERE sequence <= ?"
                    + " OR sequence <= ? AND length(state) = 0 AND NOT EXISTS (SELECT 1 FROM gap)", start, through);
        });
        LOG.debug("changes are forgotten: through={}", through);
        if (forSize) {
            tally.met(LimitName.CHANGE_HISTORY_FILE, through - forgottenThrough);
        }
        forgottenThrough = through;
        target = 0;
    }

    private void delete() throws SQLException {
        long forgotten = forgottenThrough;
        long through = Math.min(forgotten, deletedThrough + DELETED_AT_ONCE);
        Sql.inTransaction(connection, () -> {
            Sql.run(connection, "DELETE FROM change WHERE sequence <= ?", through);
            if (through == forgotten) {
                Sql.run(connection,
                        "DELETE FROM cid WHERE NOT EXISTS (SELECT 1 FROM change WHERE change.cid = cid.id)");
                Sql.run(connection, "DELETE FROM peer WHERE last_sequence <= ? AND NOT EXISTS"
                        + " (SELECT 1 FROM checkpoint WHERE checkpoint.peer = peer.id)", forgotten);
            }
        });
        deletedThrough = through;
        namesDeleted.run();
    }

    /** Gives back to the system what the file has too much, where a bound was lowered or a round forgot a lot. */
    private boolean freePages() throws SQLException {
        long pageSize = Sql.number(connection, "PRAGMA page_size");
        boolean tooLarge = Sql.number(connection, "PRAGMA page_count") * pageSize > limits.size()
                && Sql.number(connection, "PRAGMA freelist_count") > PAGES_FREED_AT_ONCE;
        if (tooLarge) {
            Sql.script(connection, "PRAGMA incremental_vacuum(" + PAGES_FREED_AT_ONCE + ")");
        }
        return tooLarge;
    }

    /** Bytes of the file that hold something. */
    static long usedBytes(Connection connection) throws SQLException {
        long pages = Sql.number(connection, "PRAGMA page_count") - Sql.number(connection, "PRAGMA freelist_count");
        return pages * Sql.number(connection, "PRAGMA page_size");
    }
}
