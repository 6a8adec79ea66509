package dev.peerscope.journal.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The few words of JDBC that are said again and again. */
final class Sql {

    /** Something to do with a connection. */
    @FunctionalInterface
    interface Work {

        void run() throws SQLException;
    }

    private Sql() {}

    static void run(Connection connection, String sql, long... parameters) throws SQLException {
        try (var statement = prepare(connection, sql, parameters)) {
            statement.execute();
        }
    }

    static void script(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** The number that a query answers with; 0 for no row, or none in it. */
    static long number(Connection connection, String sql, long... parameters) throws SQLException {
        try (var statement = prepare(connection, sql, parameters); var rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    static PreparedStatement prepare(Connection connection, String sql, long... parameters) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setLong(i + 1, parameters[i]);
        }
        return statement;
    }

    /**
     * Does all of the work or none of it. In SQLite's own words, as JDBC has the next transaction begin where this one ends: when the
     * file is locked just then, what was done seems to have failed, and what comes next is in no transaction at all.
     */
    static void inTransaction(Connection connection, Work work) throws SQLException {
        script(connection, "BEGIN IMMEDIATE");
        boolean done = false;
        try {
            work.run();
            script(connection, "COMMIT");
            done = true;
        } finally {
            if (!done) {
                rollBack(connection);
            }
        }
    }

    private static void rollBack(Connection connection) {
        try {
            script(connection, "ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back by itself, as it does when the disk is full; the first failure is the one to tell.
        }
    }
}
