package dev.peerscope.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.journal.sqlite.SqliteChangeArchive;
import dev.peerscope.limit.LimitRegister;

/**
 * A process is killed in the middle of heavy change, again and again on one file: it opens, is sound, numbers go on, nothing that a
 * reader was shown is missing or another thing now, and nothing is left standing. {@code -Dpeerscope.killRounds=100} does a hundred.
 */
class KilledJournalIT {

    private static final int ROUNDS = Integer.getInteger("peerscope.killRounds", 4);
    private static final int LONGEST_LIFE_MILLIS = 900;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("peerscope.seed", System.nanoTime());

    @Test
    void whatAReaderWasShownOutlivesAKill() throws Exception {
        var random = new SplittableRandom(seed);
        long last = 0;
        long shownInAll = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            var shown = lifeAndDeath(random, last);

            assertThat(shown).as("seed %d, round %d", seed, round).isNotEmpty();
            last = verify(shown, last, "seed %d, round %d".formatted(seed, round));
            shownInAll += shown.size();
        }
        System.out.printf("%d kills, %d changes shown, %d kept, seed %d%n", ROUNDS, shownInAll, last, seed);
    }

    /** What the reader of a process was shown until the process was killed. */
    private List<String> lifeAndDeath(SplittableRandom random, long last) throws IOException, InterruptedException {
        try (var process = new Churning(ChurningJournal.command(folder, random.nextLong(), last,
                JournalLimits.DEFAULT.changes()))) {
            process.awaitLine(line -> line.startsWith(ChurningJournal.SHOWN));
            Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
            process.kill();
            return process.lines().stream().filter(line -> line.startsWith(ChurningJournal.SHOWN)).toList();
        }
    }

    /** Opens what the killed process left, looks at all of it that is new, and answers with its last number. */
    private long verify(List<String> shown, long before, String when) throws SQLException {
        try (var archive = SqliteChangeArchive.open(folder, SqliteChangeArchiveTest.SMALL, new LimitRegister(),
                InstantSource.system())) {
            long last = archive.status().lastSequence();
            var kept = archive.read(new ChangeQuery(ChangeFilter.ALL, Order.OLDEST, OptionalLong.of(before),
                    Integer.MAX_VALUE), last);
            assertThat(kept).as(when).extracting(JournalEntry::sequence).first().isEqualTo(before + 1);
            assertThat(kept).as(when).hasSize((int) (last - before));
            assertThat(archive.gaps(1, last)).as(when).isEmpty();
            for (int i = 0; i < shown.size(); i++) {
                assertThat(shown.get(i)).as(when).isEqualTo(ChurningJournal.line(kept.get(i)));
            }
            assertThat(kept.getLast().change().reason()).as(when).isEqualTo(PresenceReason.NODE_STOPPED);
            for (var peer : new RandomChanges(0, 50).peers()) {
                assertThat(archive.presenceAt(peer, archive.status().lastAt())).as(when)
                        .isInstanceOfSatisfying(PastPresence.Known.class,
                                state -> assertThat(state.presence().isEmpty()).isTrue());
            }
            assertSound(when);
            return last;
        }
    }

    private void assertSound(String when) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("history.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(rows.getString(1)).as(when).isEqualTo("ok");
        }
    }
}
