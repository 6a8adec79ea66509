package dev.peerscope.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.journal.ArchiveFailed;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;

/** Connections for reading. Whoever reads while all are in use waits for one, some seconds at most. */
final class Readers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    /** A read of SQLite keeps its processor busy, so more would only wait for one another. */
    static final int CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Something to read; all that it reads is of one moment. */
    @FunctionalInterface
    interface Reading<T> {

        T from(Connection connection) throws SQLException;
    }

    private final Path file;
    private final LimitRegister tally;
    private final Duration patience;
    private final Semaphore places = new Semaphore(CONNECTIONS, true);
    /** No more than there are places; whoever has one and finds none here opens one. */
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Readers(Path file, LimitRegister tally) {
        this(file, tally, PATIENCE);
    }

    Readers(Path file, LimitRegister tally, Duration patience) {
        this.file = file;
        this.tally = tally;
        this.patience = patience;
        tally.register(LimitName.CHANGE_HISTORY_READERS, CONNECTIONS, () -> CONNECTIONS - places.availablePermits());
    }

    <T> T read(Reading<T> reading) {
        if (closed) {
            throw new ArchiveFailed("the history in " + file + " is closed");
        }
        takePlaces(1);
        try {
            return readInPlace(reading);
        } catch (SQLException | RuntimeException e) {
            // What a file holds that nobody should have written fails as it is decoded, in ways of its own.
            throw new ArchiveFailed("the history in " + file + " cannot be read: " + e.getMessage(), e);
        } finally {
            places.release();
        }
    }

    private <T> T readInPlace(Reading<T> reading) throws SQLException {
        Connection waiting = idle.poll();
        Connection connection = waiting == null ? Connections.reading(file) : waiting;
        try {
            return reading.from(connection);
        } finally {
            giveBack(connection);
        }
    }

    /**
     * Ends the moment that was read of, however the reading went: the next reader would see it too, and the log could not be taken
     * into the file any more. A connection that cannot is of no further use.
     */
    private void giveBack(Connection connection) {
        try {
            connection.rollback();
            if (closed) {
                connection.close();
            } else {
                idle.push(connection);
            }
        } catch (SQLException e) {
            LOG.atWarn().setCause(e).log("a connection to the history is given up");
            close(connection);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.atWarn().setCause(e).log("a connection to the history did not close");
        }
    }

    private void takePlaces(int count) {
        try {
            if (!places.tryAcquire(count, patience.toNanos(), TimeUnit.NANOSECONDS)) {
                tally.met(LimitName.CHANGE_HISTORY_READERS, 1);
                throw new ArchiveFailed("the history in " + file
                        + " is read by too many at once: no connection was free within " + patience.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArchiveFailed("the wait for the history was interrupted", e);
        }
    }

    /** Waits for those who read; whoever comes later is refused at once. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            takePlaces(CONNECTIONS);
        } catch (ArchiveFailed e) {
            LOG.atWarn().setCause(e).log("the history is closed while it is read");
        }
        for (var connection = idle.poll(); connection != null; connection = idle.poll()) {
            close(connection);
        }
    }
}
