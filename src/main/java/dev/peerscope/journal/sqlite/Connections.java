package dev.peerscope.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * How the file is opened. With the write-ahead log a commit costs no wait for the disk and survives the end of the process; after a
 * power cut the last commits may be missing, and the file is sound.
 */
final class Connections {

    private static final String URL = "jdbc:sqlite:";
    private static final int PAGE_BYTES = 8192;
    private static final int WRITER_CACHE_KIB = 32 << 10;
    private static final int READER_CACHE_KIB = 4 << 10;
    private static final int WAL_PAGES = 2_000;
    private static final int WAL_BYTES_KEPT = 64 << 20;
    private static final int BUSY_MILLIS = 5_000;

    private Connections() {}

    /** The one connection that writes; makes the file where there is none. */
    static Connection writing(Path file) throws SQLException {
        var config = config(WRITER_CACHE_KIB);
        config.setPageSize(PAGE_BYTES);
        // The first takes effect in a new file only, before its first table.
        return open(file, config, "PRAGMA auto_vacuum = INCREMENTAL", "PRAGMA wal_autocheckpoint = " + WAL_PAGES,
                "PRAGMA journal_size_limit = " + WAL_BYTES_KEPT);
    }

    /** A connection that reads; each question sees one moment, until it is rolled back. */
    static Connection reading(Path file) throws SQLException {
        var config = config(READER_CACHE_KIB);
        config.setTransactionMode(TransactionMode.DEFERRED);
        var connection = open(file, config, "PRAGMA query_only = true");
        connection.setAutoCommit(false);
        return connection;
    }

    private static Connection open(Path file, SQLiteConfig config, String... pragmas) throws SQLException {
        var connection = config.createConnection(URL + file);
        boolean done = false;
        try {
            for (String pragma : pragmas) {
                Sql.run(connection, pragma);
            }
            done = true;
            return connection;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    private static SQLiteConfig config(int cacheKib) {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.NORMAL);
        config.setCacheSize(-cacheKib);
        config.setBusyTimeout(BUSY_MILLIS);
        return config;
    }
}
