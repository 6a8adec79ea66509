package dev.peerscope.journal;

import static dev.peerscope.journal.Changes.ALICE;
import static dev.peerscope.journal.Changes.BOB;
import static dev.peerscope.journal.Changes.START;
import static dev.peerscope.journal.Changes.announced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import dev.peerscope.journal.sqlite.SqliteChangeArchive;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.peer.PeerId;

/** Pages that begin in memory and go on in the archive: nobody can tell where one ends and the other begins. */
@Timeout(600)
class JournalPagesTest {

    @TempDir
    Path folder;

    @Test
    void aPageGoesOnInTheArchiveWhereMemoryEnds() {
        try (var journal = journal(new JournalLimits(50, 1_000_000, 1))) {
            happens(journal, ALICE, 1, 40);
            happens(journal, BOB, 41, 60);
            happens(journal, ALICE, 61, 100);
            happens(journal, ALICE, 101, 140);
            happens(journal, ALICE, 141, 160);

            assertThat(newest(journal, ChangeFilter.ALL, 7)).isEqualTo(down(1, 160));
            assertThat(newest(journal, ChangeFilter.of(BOB), 7)).isEqualTo(down(41, 60));
            assertThat(newest(journal, ChangeFilter.of(ALICE), 70)).hasSize(140).startsWith(160L).endsWith(1L);
        }
    }

    @Test
    void whatIsRareIsFoundThoughMemoryHoldsMuchThatIsNot() {
        try (var journal = journal(new JournalLimits(20_000, 1_000_000, 1))) {
            happens(journal, BOB, 1, 3);
            happens(journal, ALICE, 4, 9_003);

            assertThat(newest(journal, ChangeFilter.of(BOB), 2)).isEqualTo(down(1, 3));
            assertThat(newest(journal, ChangeFilter.of(ALICE), 1_000)).isEqualTo(down(4, 9_003));
        }
    }

    private PresenceJournal journal(JournalLimits limits) {
        var clock = InstantSource.fixed(START);
        return PresenceJournal.archived(limits, new LimitRegister(),
                SqliteChangeArchive.open(folder, SqliteChangeArchiveTest.SMALL, new LimitRegister(), clock), clock);
    }

    /** Returns when readers are shown them, so that memory is never overtaken. */
    private static void happens(PresenceJournal journal, PeerId peer, int first, int last) {
        for (int i = first; i <= last; i++) {
            journal.accept(announced(i, peer));
        }
        await().pollInterval(Duration.ofMillis(2)).until(() -> journal.shown() == last);
    }

    private static List<Long> newest(PresenceJournal journal, ChangeFilter filter, int limit) {
        List<Long> all = new ArrayList<>();
        var beyond = OptionalLong.empty();
        while (true) {
            var page = journal.read(new ChangeQuery(filter, Order.NEWEST, beyond, limit));
            if (page.isEmpty()) {
                return all;
            }
            page.forEach(entry -> all.add(entry.sequence()));
            beyond = OptionalLong.of(all.getLast());
        }
    }

    private static List<Long> down(long first, long last) {
        var numbers = new ArrayList<>(LongStream.rangeClosed(first, last).boxed().toList());
        Collections.reverse(numbers);
        return numbers;
    }
}
