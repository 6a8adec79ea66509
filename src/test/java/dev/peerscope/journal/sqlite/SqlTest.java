package dev.peerscope.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of the work is done or none of it, also after a transaction that failed, could not begin or found the disk full. */
class SqlTest {

    @TempDir
    Path folder;

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = Connections.writing(folder.resolve("some.db"));
        Sql.run(connection, "PRAGMA busy_timeout = 1");
        Sql.script(connection, "CREATE TABLE word (said TEXT)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void nothingIsLeftOfWhatFailsHalfWay() throws SQLException {
        assertThatTheNextIsWhole();
    }

    @Test
    void afterAnotherOneHeldTheFileTheNextIsWhole() throws SQLException {
        try (var other = Connections.writing(folder.resolve("some.db"))) {
            Sql.script(other, "BEGIN IMMEDIATE");

            assertThatThrownBy(() -> say("never")).isInstanceOf(SQLException.class).hasMessageContaining("locked");
        }
        assertThatTheNextIsWhole();
    }

    @Test
    void aFullDiskIsToldAndAfterItTheNextIsWhole() throws SQLException {
        long pages = Sql.number(connection, "PRAGMA page_count");
        Sql.run(connection, "PRAGMA max_page_count = " + pages);

        assertThatThrownBy(() -> say("long ".repeat(100_000))).isInstanceOf(SQLException.class)
                .hasMessageContaining("full");

        Sql.run(connection, "PRAGMA max_page_count = " + 100 * pages);
        assertThatTheNextIsWhole();
    }

    private void assertThatTheNextIsWhole() throws SQLException {
        assertThatThrownBy(() -> Sql.inTransaction(connection, () -> {
            Sql.run(connection, "INSERT INTO word VALUES ('half')");
            throw new SQLException("the other half is missing");
        })).hasMessage("the other half is missing");
        say("whole");
        for (String said : List.of("never", "half")) {
            assertThat(words(said)).as(said).isZero();
        }
        assertThat(words("whole")).isEqualTo(1);
    }

    private void say(String word) throws SQLException {
        Sql.inTransaction(connection, () -> Sql.run(connection, "INSERT INTO word VALUES ('" + word + "')"));
    }

    private long words(String said) throws SQLException {
        return Sql.number(connection, "SELECT count(*) FROM word WHERE said = '" + said + "'");
    }
}
