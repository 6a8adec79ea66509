package dev.peerscope.journal;

import static dev.peerscope.journal.Changes.ALICE;
import static dev.peerscope.journal.Changes.START;
import static dev.peerscope.journal.Changes.announced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.journal.sqlite.ArchiveLimits;
import dev.peerscope.journal.sqlite.SqliteChangeArchive;
import dev.peerscope.limit.LimitRegister;

/** What a clock that is wrong does to what is kept: nothing, unless an operator says that it is right. */
@Timeout(600)
class WrongClockTest {

    private static final Duration FORTY_DAYS = Duration.ofDays(40);
    private static final ArchiveLimits MONTH = new ArchiveLimits(Duration.ofDays(30), 1L << 30, 2_000);
    /** So that two thirds of what is kept are too old by any clock. */
    private static final ArchiveLimits MINUTES = new ArchiveLimits(Duration.ofSeconds(600), 1L << 30, 2_000);
    private static final int KEPT = 2_000;

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(START);

    @Test
    void aStartWithTheClockFortyDaysAheadForgetsNothing() {
        keepSome(MONTH);
        clock.jump(FORTY_DAYS);
        try (var archive = open(MONTH)) {
            var history = begin(archive);
            pass(archive, history, Duration.ofHours(24));

            assertThat(history.jump()).isPresent();
            assertThat(archive.status().firstSequence()).isEqualTo(1);
        }
    }

    @Test
    void anHonestBreakOfFortyDaysForgetsNothingBeforeTheOperatorConfirmsIt() {
        keepSome(MONTH);
        clock.advance(FORTY_DAYS);
        try (var archive = open(MONTH)) {
            var history = begin(archive);
            pass(archive, history, Duration.ofHours(24));
            assertThat(archive.status().firstSequence()).isEqualTo(1);

            history.accept();
            pass(archive, history, Duration.ofHours(1));

            assertThat(archive.status().firstSequence()).isEqualTo(KEPT + 1);
        }
    }

    @Test
    void whileTheClockIsInDoubtAtMostAHundredthIsForgottenAnHourThoughMoreIsTooOld() {
        keepSome(MINUTES);
        clock.jump(FORTY_DAYS);
        try (var archive = open(MINUTES)) {
            var history = begin(archive);
            long first = archive.status().firstSequence();
            pass(archive, history, Duration.ofMinutes(59));
            assertThat(archive.status().firstSequence()).as("nothing in the first hour").isEqualTo(first);
            for (int hour = 1; hour <= 5; hour++) {
                pass(archive, history, Duration.ofHours(1));
                assertThat(archive.status().firstSequence() - first).isBetween(1L, KEPT / 100L * hour);
            }
            clock.jump(FORTY_DAYS.negated());
            pass(archive, history, Duration.ofMinutes(1));

            assertThat(history.jump()).isEmpty();
            assertThat(archive.status().firstSequence()).as("the clock is back").isEqualTo(KEPT + 1);
        }
    }

    @Test
    void whatIsTooMuchIsForgottenByWhateverClock() {
        keepSome(MONTH);
        clock.jump(FORTY_DAYS);
        var small = new ArchiveLimits(MONTH.age(), 100_000, 2_000);
        try (var archive = open(small)) {
            var history = begin(archive);
            pass(archive, history, Duration.ofMinutes(10));

            assertThat(history.jump()).isPresent();
            assertThat(archive.status().firstSequence()).isGreaterThan(KEPT / 2);
        }
    }

    @Test
    void aJumpOutlivesARestartAndSoDoesItsConfirmation() {
        keepSome(MONTH);
        clock.jump(FORTY_DAYS);
        try (var journal = journal()) {
            assertThat(jump(journal)).isPresent();
            journal.accept(announced(FORTY_DAYS.toSeconds() + KEPT, ALICE));
        }
        try (var journal = journal()) {
            assertThat(jump(journal)).as("not confirmed, though the last change has the new time").isPresent();

            journal.acceptClock();

            assertThat(jump(journal)).isEmpty();
        }
        try (var journal = journal()) {
            assertThat(jump(journal)).as("confirmed").isEmpty();
        }
    }

    @Test
    void aConfirmationIsKeptAtOnce() {
        keepSome(MONTH);
        clock.jump(FORTY_DAYS);
        var archive = new MoodyArchive(open(MONTH));
        try (var journal = PresenceJournal.archived(JournalLimits.DEFAULT, new LimitRegister(), archive,
                clock.history(),
                Duration.ofSeconds(1))) {
            await().until(() -> archive.lastAliveAt().isPresent());

            journal.acceptClock();

            await().until(() -> archive.lastAliveAt().equals(Optional.of(clock.instant())));
            archive.dies();
        }
    }

    /** Whoever followed goes on, times ascend, and what is asked by time is answered. */
    @ParameterizedTest
    @ValueSource(ints = {-40, 40})
    void whereTheClockJumpedAndCameBackNumbersAndTimesAscendAndTimesCanBeAskedFor(int days) {
        try (var journal = journal()) {
            journal.accept(announced(1, ALICE));
            clock.jump(Duration.ofDays(days));
            journal.accept(announced(Duration.ofDays(days).toSeconds() + 2, ALICE,
                    new BlockSet.Leaves(Changes.TREE, BlockRanges.ofIndex(2))));
            clock.jump(Duration.ofDays(-days));
            journal.accept(announced(3, ALICE));
            await().until(() -> journal.shown() == 3);

            var all = journal.read(new ChangeQuery(ChangeFilter.ALL, Order.OLDEST, OptionalLong.empty(), 10));
            assertThat(all).extracting(JournalEntry::sequence).containsExactly(1L, 2L, 3L);
            assertThat(all).extracting(entry -> entry.change().at()).isSorted();
            for (var entry : all) {
                var since = new ChangeFilter(Optional.empty(), Optional.empty(), Set.of(), Set.of(),
                        Optional.of(entry.change().at()), Optional.empty());
                assertThat(journal.read(new ChangeQuery(since, Order.OLDEST, OptionalLong.empty(), 10)))
                        .contains(entry);
                assertThat(journal.presenceAt(ALICE, entry.change().at()).orElseThrow())
                        .isInstanceOf(PastPresence.Known.class);
            }
        }
    }

    private void keepSome(ArchiveLimits limits) {
        try (var archive = open(limits)) {
            List<JournalEntry> entries = new ArrayList<>();
            for (int n = 1; n <= KEPT; n++) {
                entries.add(new JournalEntry(n, n % 2 == 0 ? announced(n, ALICE) : Changes.released(n, ALICE)));
            }
            clock.advance(Duration.ofSeconds(KEPT));
            archive.append(entries, List.of(), clock.instant());
        }
    }

    private SqliteChangeArchive open(ArchiveLimits limits) {
        return SqliteChangeArchive.open(folder, limits, new LimitRegister(), clock);
    }

    private PresenceJournal journal() {
        return PresenceJournal.archived(JournalLimits.DEFAULT, new LimitRegister(), open(MONTH), clock.history(),
                Duration.ofSeconds(1));
    }

    private static Optional<ClockJump> jump(PresenceJournal journal) {
        return journal.status().disk().orElseThrow().clockJump();
    }

    private HistoryClock begin(ChangeArchive archive) {
        var history = clock.history();
        history.begin(archive.aliveAt());
        return history;
    }

    /** The writer tends every ten seconds at least. */
    private void pass(ChangeArchive archive, HistoryClock history, Duration time) {
        for (long seconds = 0; seconds < time.toSeconds(); seconds += 10) {
            clock.advance(Duration.ofSeconds(10));
            while (archive.tend(history.read())) {
                // One step after the other.
            }
        }
    }
}
