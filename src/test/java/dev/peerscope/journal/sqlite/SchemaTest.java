package dev.peerscope.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {

    private static final String NEXT = "ALTER TABLE gap ADD COLUMN reason TEXT; UPDATE gap SET reason = 'lost'";

    @TempDir
    Path folder;

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = Connections.writing(folder.resolve("history.db"));
        Schema.upgrade(connection, "history.db");
        Sql.run(connection, "INSERT INTO gap VALUES (7, 8)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void aFileOfAnEarlierVersionGoesUpStepByStepAndKeepsWhatItHas() throws SQLException {
        Schema.upgrade(connection, "history.db", with(NEXT, "ALTER TABLE gap ADD COLUMN noted INTEGER"));

        assertThat(Sql.number(connection, "PRAGMA user_version")).isEqualTo(Schema.STEPS.size() + 2);
        assertThat(Sql.number(connection,
                "SELECT count(*) FROM gap WHERE first = 7 AND reason = 'lost' AND noted IS NULL"))
                .isEqualTo(1);
    }

    @Test
    void aStepThatFailsLeavesTheFileAsItWas() throws SQLException {
        assertThatThrownBy(
                () -> Schema.upgrade(connection, "history.db", with(NEXT, "ALTER TABLE nothing ADD COLUMN x")))
                .isInstanceOf(SQLException.class);

        assertThat(Sql.number(connection, "PRAGMA user_version")).isEqualTo(Schema.STEPS.size());
        assertThat(Sql.number(connection, "SELECT count(*) FROM pragma_table_info('gap') WHERE name = 'reason'"))
                .isZero();
        Schema.upgrade(connection, "history.db", with(NEXT));
    }

    @Test
    void anUpToDateFileIsLeftAlone() throws SQLException {
        Schema.upgrade(connection, "history.db");

        assertThat(Sql.number(connection, "SELECT count(*) FROM gap")).isEqualTo(1);
    }

    private static List<String> with(String... steps) {
        return Stream.concat(Schema.STEPS.stream(), Stream.of(steps)).toList();
    }
}
