package dev.peerscope.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import dev.peerscope.journal.ArchiveFailed;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;

/** However a reading ends, the next one sees what is kept by then, and the log can be taken into the file. */
class ReadersTest {

    private static final Duration SOON = Duration.ofMillis(20);

    @TempDir
    Path folder;

    private final LimitRegister tally = new LimitRegister();
    private Connection writing;
    private Readers readers;

    @BeforeEach
    void open() throws SQLException {
        Path file = folder.resolve("history.db");
        writing = Connections.writing(file);
        Schema.upgrade(writing, file.toString());
        readers = new Readers(file, tally, SOON);
    }

    @AfterEach
    void close() throws SQLException {
        readers.close();
        writing.close();
    }

    @Test
    void aReadingThatFailsHoldsNoMomentOfTheFile() throws SQLException {
        assertThatThrownBy(() -> readers.read(connection -> {
            gaps(connection);
            return Sql.number(connection, "SELECT nonsense FROM gap");
        })).isInstanceOf(ArchiveFailed.class).hasMessageContaining("history.db cannot be read");

        assertNothingIsHeld();
    }

    @Test
    void whatCannotBeDecodedFailsAsTheArchiveAndHoldsNothing() throws SQLException {
        assertThatThrownBy(() -> readers.read(connection -> {
            gaps(connection);
            throw new DateTimeException("no such time");
        })).isInstanceOf(ArchiveFailed.class).hasMessageContaining("no such time");

        assertNothingIsHeld();
    }

    @Test
    void aConnectionThatBreaksIsReplaced() throws SQLException {
        for (int i = 0; i < 2 * Readers.CONNECTIONS; i++) {
            assertThatThrownBy(() -> readers.read(connection -> {
                connection.close();
                return gaps(connection);
            })).isInstanceOf(ArchiveFailed.class);
        }
        assertNothingIsHeld();
    }

    @Test
    void oneReaderTooManyIsTurnedAwayAndCounted() {
        assertThatThrownBy(() -> readWithin(Readers.CONNECTIONS)).isInstanceOf(ArchiveFailed.class)
                .hasStackTraceContaining("read by too many at once");

        assertThat(tally.use(LimitName.CHANGE_HISTORY_READERS).met()).isEqualTo(1);
        assertThat(tally.use(LimitName.CHANGE_HISTORY_READERS).setting()).isEqualTo(Readers.CONNECTIONS);
        assertThat(tally.use(LimitName.CHANGE_HISTORY_READERS).used()).isZero();
        assertThat(readWithin(Readers.CONNECTIONS - 1)).isZero();
    }

    @Test
    void whoComesAfterTheEndIsRefusedAtOnce() {
        readers.close();

        assertThatThrownBy(() -> readers.read(ReadersTest::gaps)).isInstanceOf(ArchiveFailed.class)
                .hasMessageContaining("is closed");
        assertThat(tally.use(LimitName.CHANGE_HISTORY_READERS).met()).as("as it is no matter of a bound").isZero();
    }

    @Test
    void whoStillReadsAtTheEndIsWaitedForAndThenLeftBehind() {
        assertThat(readers.<Long>read(connection -> {
            readers.close();
            return gaps(connection);
        })).isZero();
    }

    /** Reads while so many read already. */
    private long readWithin(int others) {
        return readers.read(connection -> others == 0 ? gaps(connection) : readWithin(others - 1));
    }

    private void assertNothingIsHeld() throws SQLException {
        Sql.run(writing, "INSERT INTO gap VALUES (7, 8)");
        assertThat(readers.read(ReadersTest::gaps)).isEqualTo(1);
        assertThat(Sql.number(writing, "PRAGMA wal_checkpoint(TRUNCATE)")).as("busy").isZero();
        assertThat(folder.resolve("history.db-wal")).isEmptyFile();
    }

    private static long gaps(Connection connection) throws SQLException {
        return Sql.number(connection, "SELECT count(*) FROM gap");
    }
}
