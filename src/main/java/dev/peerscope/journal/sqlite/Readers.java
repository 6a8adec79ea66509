package dev.peerscope.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.journal.ArchiveFailed;

/** Connections for reading. Whoever reads while all are in use waits for one, some seconds at most. */
final class Readers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    /** A read of SQLite keeps its processor busy, so more would only wait for one another. */
    private static final int CONNECTIONS = 4;
    private static final int PATIENCE_SECONDS = 5;

    /** Something to read; all that it reads is of one moment. */
    @FunctionalInterface
    interface Reading<T> {

        T from(Connection connection) throws SQLException;
    }

    private final Path file;
    private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();

    Readers(Path file) throws SQLException {
        this.file = file;
        for (int i = 0; i < CONNECTIONS; i++) {
            idle.add(Connections.reading(file));
        }
    }

    <T> T read(Reading<T> reading) {
        Connection connection = take();
        try {
            T result = reading.from(connection);
            // Nothing was written: this ends the moment that was read of.
            connection.rollback();
            return result;
        } catch (SQLException e) {
            throw new ArchiveFailed("the history in " + file + " cannot be read: " + e.getMessage(), e);
        } finally {
            idle.add(connection);
        }
    }

    private Connection take() {
        try {
            var connection = idle.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (connection == null) {
                throw new ArchiveFailed(
                        "the history in " + file + " is read by too many at once: no connection was free within "
                                + PATIENCE_SECONDS + " s");
            }
            return connection;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArchiveFailed("the wait for the history was interrupted", e);
        }
    }

    /** Waits for those who read. */
    @Override
    public void close() {
        for (int i = 0; i < CONNECTIONS; i++) {
            try (Connection connection = take()) {
                connection.rollback();
            } catch (SQLException | ArchiveFailed e) {
                LOG.atWarn().setCause(e).log("a connection to the history did not close");
            }
        }
    }
}
