package dev.peerscope.journal;

import static dev.peerscope.journal.Changes.ALICE;
import static dev.peerscope.journal.Changes.START;
import static dev.peerscope.journal.Changes.announced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Price;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.event.PresenceState;
import dev.peerscope.journal.sqlite.ArchiveLimits;
import dev.peerscope.journal.sqlite.HistoryRefused;
import dev.peerscope.journal.sqlite.SqliteChangeArchive;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;

@ExtendWith(OutputCaptureExtension.class)
class ArchiveOpeningTest {

    private static final String NAME = "history.db";

    @TempDir
    Path folder;

    private final LimitRegister tally = new LimitRegister();

    @Test
    void aSecondProcessIsToldThatTheFirstHasIt() {
        var first = open();

        assertThatThrownBy(this::open).isInstanceOf(HistoryRefused.class)
                .hasMessageContaining("in use by another process")
                .hasMessageContaining("peerscope.data-directory");

        first.close();
        open().close();
    }

    @Test
    void whatIsNoDatabaseIsMovedAsideAndNeverDeleted() throws IOException {
        Files.writeString(folder.resolve(NAME), "no database, but somebody's file all the same".repeat(100));
        try (var archive = open()) {
            assertThat(archive.status().lastSequence()).isZero();
        }
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith(NAME + ".unreadable-")))
                    .singleElement().satisfies(file -> assertThat(file).content().startsWith("no database"));
        }
    }

    @Test
    void aFileOfALaterVersionIsRefusedAndLeftAlone() throws SQLException {
        open().close();
        execute("PRAGMA user_version = 1000");

        assertThatThrownBy(this::open).isInstanceOf(HistoryRefused.class).hasMessageContaining("a later version")
                .hasMessageContaining("schema 1000");
        assertThatThrownBy(this::open).as("the lock was given back").hasMessageContaining("a later version");
    }

    @Test
    void aFileThatMakesNoSenseIsRefusedWithASentenceAndLeftAlone() throws SQLException {
        try (var archive = open()) {
            archive.append(List.of(new JournalEntry(1, announced(1, ALICE))), List.of(), START);
        }
        execute("UPDATE change SET ranges = x'ff'");

        assertThatThrownBy(this::open).isInstanceOf(HistoryRefused.class).hasMessageContaining("makes no sense")
                .hasMessageContaining("move it away");
        execute("UPDATE change SET ranges = x'0000'");
        open().close();
    }

    @Test
    void aDatabaseOfSomethingElseIsRefusedAndLeftAlone() throws SQLException {
        execute("CREATE TABLE recipe (name TEXT)");

        assertThatThrownBy(this::open).isInstanceOf(HistoryRefused.class).hasMessageContaining("something else");
        execute("INSERT INTO recipe VALUES ('bread')");
    }

    @Test
    void aFolderThatCannotBeMadeIsRefusedWithASentence() throws IOException {
        Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> SqliteChangeArchive.open(folder.resolve("file"), ArchiveLimits.DEFAULT, tally,
                InstantSource.fixed(START))).isInstanceOf(HistoryRefused.class)
                .hasMessageContaining("peerscope.data-directory");
    }

    @Test
    void whoeverIsCuriousReadsWordsWhileTheServiceWrites() throws SQLException {
        try (var archive = open()) {
            archive.append(List.of(new JournalEntry(1, announced(1, ALICE))), List.of(), START);
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(NAME));
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT * FROM changes")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString("at")).isEqualTo("2026-01-01T00:00:01.000Z");
                assertThat(rows.getString("peer")).isEqualTo(ALICE.toString());
                assertThat(rows.getString("change")).isEqualTo("ADDED");
                assertThat(rows.getString("reason")).isEqualTo("ANNOUNCED");
                assertThat(rows.getString("cid")).isEqualTo(Changes.TREE.toString());
                assertThat(rows.getLong("blocks")).isEqualTo(1);
                assertThat(rows.getString("price")).isEqualTo("0");
            }
        }
    }

    @Test
    void aFileThatGrowsTooLargeForgetsTheOldestAndStaysWithinItsBound() throws IOException {
        long bound = 1 << 20;
        var limits = new ArchiveLimits(Duration.ofDays(10_000), bound, 2_000);
        try (var archive = SqliteChangeArchive.open(folder, limits, tally, InstantSource.fixed(START))) {
            var swarm = new RandomChanges(1, 20);
            long last = 0;
            for (int message = 0; message < 30_000; message++) {
                var entries = new ArrayList<JournalEntry>();
                for (var change : swarm.next()) {
                    entries.add(new JournalEntry(++last, change));
                }
                archive.append(entries, List.of(), swarm.now());
                if (message % 100 == 0) {
                    while (archive.tend(Changes.time(swarm.now()))) {
                        // One step after the other.
                    }
                }
            }
            assertThat(archive.status().bytes()).isLessThan(bound + bound / 4);
            assertThat(Files.size(folder.resolve(NAME))).isLessThan(bound + bound / 2);
            assertThat(archive.status().firstSequence()).isGreaterThan(1);
            assertThat(tally.use(LimitName.CHANGE_HISTORY_FILE).met()).isEqualTo(archive.status().firstSequence() - 1);
            for (var peer : swarm.peers()) {
                assertThat(archive.presenceAt(peer, swarm.now())).isInstanceOfSatisfying(PastPresence.Known.class,
                        known -> assertThat(RandomChanges.blockByBlock(known.presence())).isEqualTo(swarm.known(peer)));
            }
            assertThat(archive.read(new ChangeQuery(ChangeFilter.ALL, Order.OLDEST, OptionalLong.empty(), 1), last))
                    .extracting(JournalEntry::sequence).containsExactly(archive.status().firstSequence());
        }
    }

    @Test
    void whatIsKeptAlreadyIsNotKeptOnceMore() {
        var first = new JournalEntry(1, announced(1, ALICE));
        var second = new JournalEntry(2, announced(2, ALICE));
        try (var archive = open()) {
            archive.append(List.of(first), List.of(), START);
            archive.append(List.of(first, second), List.of(), START);

            assertThat(archive.status().recorded()).isEqualTo(2);
            assertThat(archive.gaps(1, 2)).isEmpty();
            assertThat(archive.find(1)).contains(first);
            assertThat(archive.find(2)).contains(second);
        }
    }

    /** A gap swallows that five blocks came; then they go, come again, and the node crashes. */
    @Test
    void whatAGapMadeWrongInOneRunIsRightInTheNext() {
        var blocks = new BlockSet.Leaves(Changes.TREE, BlockRanges.of(0, 4));
        try (var archive = open()) {
            archive.append(List.of(new JournalEntry(2, removed(2, blocks))), List.of(), START);
        }
        try (var archive = open()) {
            archive.append(List.of(new JournalEntry(3, announced(3, ALICE, blocks))), List.of(), START);
        }
        try (var archive = open()) {
            assertThat(archive.find(4)).map(JournalEntry::change).hasValueSatisfying(ended -> {
                assertThat(ended.reason()).isEqualTo(PresenceReason.NODE_STOPPED);
                assertThat(ended.blocks()).isEqualTo(blocks);
            });
        }
    }

    @Test
    void aHistoryThatEndsAfterThePresentIsWarnedOf(CapturedOutput output) {
        try (var archive = open()) {
            archive.append(List.of(new JournalEntry(1, announced(59, ALICE))), List.of(), START);
        }
        open().close();
        assertThat(output).doesNotContain("a clock is or was wrong");
        try (var archive = open()) {
            archive.append(List.of(), List.of(), START.plus(Duration.ofDays(300)));
        }
        open().close();
        assertThat(output).contains("a clock is or was wrong", "historyEnds=2026-10-28T00:00:00Z");
    }

    private static PresenceChanged removed(long n, BlockSet blocks) {
        return new PresenceChanged(START.plusSeconds(n), ALICE, PresenceChange.REMOVED, PresenceReason.RELEASED, blocks,
                Optional.empty(), Optional.of(Price.ZERO), PresenceState.HAVE);
    }

    private SqliteChangeArchive open() {
        return SqliteChangeArchive.open(folder, ArchiveLimits.DEFAULT, tally, InstantSource.fixed(START));
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(NAME));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
