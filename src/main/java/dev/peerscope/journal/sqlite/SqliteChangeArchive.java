package dev.peerscope.journal.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import dev.peerscope.journal.ArchiveFailed;
import dev.peerscope.journal.ArchiveStatus;
import dev.peerscope.journal.ChangeArchive;
import dev.peerscope.journal.ChangeFilter;
import dev.peerscope.journal.ChangeQuery;
import dev.peerscope.journal.HistoryTime;
import dev.peerscope.journal.JournalEntry;
import dev.peerscope.journal.PastPresence;
import dev.peerscope.journal.SequenceRange;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.peer.PeerId;

/** An archive in the file {@code history.db} of a folder. */
public final class SqliteChangeArchive implements ChangeArchive {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteChangeArchive.class);

    private final ArchiveFile file;
    private final ArchiveLimits limits;
    private final Connection connection;
    private final Names names = new Names();
    private final Readers readers;
    private final ChangeWriting writing;
    private final Pruning pruning;
    /** Entries that were kept in opening the file. */
    private final long keptBefore;
    private final Optional<Instant> aliveAt;
    private volatile ArchiveStatus status;

    private SqliteChangeArchive(ArchiveFile file, Connection connection, ArchiveLimits limits, LimitRegister tally,
            Instant now) throws SQLException {
        this.file = file;
        this.limits = limits;
        this.connection = connection;
        Schema.upgrade(connection, file.path().toString());
        this.writing = new ChangeWriting(connection, names, limits.checkpointWeight());
        var looseEnds = new LooseEnds(connection, names, writing);
        long ended = looseEnds.tieUp(now);
        this.pruning = new Pruning(connection, names, limits, tally, writing::forget);
        this.readers = new Readers(file.path(), tally);
        this.keptBefore = writing.kept();
        this.status = readStatus();
        this.aliveAt = status.oldestAt().map(_ -> looseEnds.aliveAt());
        LOG.info("history opened: file={} changes={} last={} ended={}", file.path(),
                status.lastSequence() - status.firstSequence() + 1, status.lastSequence(), ended);
    }

    /**
     * Opens the archive in this folder, or begins one. What an earlier run left standing is ended first. A file that SQLite cannot read
     * is moved aside. What is forgotten for its size is counted in {@code tally}.
     *
     * @throws HistoryRefused when another process has it, it is of a later version, it cannot be written, or what is in it makes no
     *         sense; the message says what to do
     */
    public static SqliteChangeArchive open(Path folder, ArchiveLimits limits, LimitRegister tally,
            InstantSource clock) {
        var file = ArchiveFile.hold(folder);
        boolean opened = false;
        try {
            var archive = openOrBegin(file, limits, tally, clock.instant());
            opened = true;
            return archive;
        } catch (SQLException | IOException e) {
            throw new HistoryRefused("the history in " + file.path() + " cannot be opened: " + e.getMessage()
                    + "; see peerscope.data-directory, or set peerscope.history.durable to false", e);
        } catch (HistoryRefused e) {
            throw e;
        } catch (RuntimeException e) {
            throw new HistoryRefused("the history in " + file.path() + " holds what makes no sense: " + e
                    + "; move it away, with its -wal and -shm, to begin anew", e);
        } finally {
            if (!opened) {
                release(file);
            }
        }
    }

    private static SqliteChangeArchive openOrBegin(ArchiveFile file, ArchiveLimits limits, LimitRegister tally,
            Instant now) throws SQLException, IOException {
        try {
            return connect(file, limits, tally, now);
        } catch (SQLException e) {
            if (!isUnreadable(e)) {
                throw e;
            }
            LOG.error("the history cannot be read; it was moved aside and begins anew: file={} movedTo={}", file.path(),
                    file.moveAside(now), e);
            return connect(file, limits, tally, now);
        }
    }

    private static SqliteChangeArchive connect(ArchiveFile file, ArchiveLimits limits, LimitRegister tally,
            Instant now) throws SQLException {
        var connection = Connections.writing(file.path());
        boolean done = false;
        try {
            var archive = new SqliteChangeArchive(file, connection, limits, tally, now);
            done = true;
            return archive;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    private static boolean isUnreadable(SQLException failure) {
        return failure instanceof SQLiteException e && (e.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB
                || e.getResultCode() == SQLiteErrorCode.SQLITE_CORRUPT);
    }

    private static void release(ArchiveFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the lock of the history was not released");
        }
    }

    @Override
    public void append(List<JournalEntry> entries, List<EmptyPoint> empties, Instant alive) {
        write("written", () -> writing.append(entries, empties, alive));
    }

    @Override
    public boolean tend(HistoryTime time) {
        boolean[] more = {false};
        write("tended", () -> more[0] = writing.checkpointNext() || pruning.step(time));
        return more[0];
    }

    private void write(String what, Sql.Work work) {
        boolean done = false;
        try {
            work.run();
            status = readStatus();
            done = true;
        } catch (SQLException e) {
            throw new ArchiveFailed("the history in " + file.path() + " cannot be " + what + ": " + e.getMessage(), e);
        } finally {
            if (!done) {
                writing.forget();
                pruning.giveUp();
            }
        }
    }

    @Override
    public List<JournalEntry> read(ChangeQuery query, long through) {
        return readers.read(from -> new ChangeReading(from, names).read(query, through));
    }

    @Override
    public Stretch follow(ChangeFilter filter, long after, long through, int limit) {
        return readers.read(from -> new ChangeReading(from, names).follow(filter, after, through, limit));
    }

    @Override
    public Optional<JournalEntry> find(long sequence) {
        return readers.read(from -> new ChangeReading(from, names).find(sequence));
    }

    @Override
    public List<SequenceRange> gaps(long from, long to) {
        return from > status.lastGap() ? List.of()
                : readers.read(connection -> new ChangeReading(connection, names).gaps(from, to));
    }

    @Override
    public PastPresence presenceAt(PeerId peer, Instant at) {
        return readers.read(from -> new States(from, names).at(peer, at));
    }

    @Override
    public ArchiveStatus status() {
        return status;
    }

    @Override
    public Optional<Instant> aliveAt() {
        return aliveAt;
    }

    private ArchiveStatus readStatus() throws SQLException {
        var reading = new ChangeReading(connection, names);
        return new ArchiveStatus(reading.forgottenThrough() + 1, writing.last(), reading.oldestAt(), writing.lastAt(),
                reading.lastGap(), writing.kept() - keptBefore, Pruning.usedBytes(connection), limits.size());
    }

    @Override
    public void close() {
        readers.close();
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.atWarn().setCause(e).log("the history did not close");
        }
        release(file);
    }
}
