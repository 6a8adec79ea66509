package dev.peerscope.journal;

import static dev.peerscope.journal.Changes.ALICE;
import static dev.peerscope.journal.Changes.BOB;
import static dev.peerscope.journal.Changes.START;
import static dev.peerscope.journal.Changes.announced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import dev.peerscope.Patience;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.PeerCounters;
import dev.peerscope.journal.Delivery.Change;
import dev.peerscope.journal.Delivery.Gap;
import dev.peerscope.journal.Delivery.GapReason;
import dev.peerscope.journal.sqlite.ArchiveLimits;
import dev.peerscope.journal.sqlite.SqliteChangeArchive;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.PeerId;

/** A disk that is slow or fails: the engine never waits, nobody is shown what may be lost, and what is lost is said. */
@Timeout(600)
@ExtendWith(OutputCaptureExtension.class)
class JournalWriterTest {

    private static final Duration LONG = Patience.LONG;
    private static final Duration NOT_AT_ALL = Duration.ZERO;

    @TempDir
    Path folder;

    private final LimitRegister tally = new LimitRegister();
    private MoodyArchive archive;
    private PresenceJournal journal;

    @BeforeEach
    void open() {
        archive = new MoodyArchive(SqliteChangeArchive.open(folder, SqliteChangeArchiveTest.SMALL, new LimitRegister(),
                InstantSource.fixed(START)));
        journal = PresenceJournal.archived(new JournalLimits(10, 1_000, 4), tally, archive,
                InstantSource.fixed(START));
    }

    @AfterEach
    void close() {
        archive.isHeld(false);
        archive.isFailing(false);
        archive.isFailingAfterwards(false);
        archive.isBroken(false);
        journal.close();
    }

    @Test
    void ofABurstThatIsOnDiskOnlyTheNewestStayInMemory() {
        journal.close();
        try (var large = PresenceJournal.archived(JournalLimits.DEFAULT, tally,
                SqliteChangeArchive.open(folder, ArchiveLimits.DEFAULT, tally, InstantSource.fixed(START)),
                InstantSource.fixed(START))) {
            for (int change = 1; change <= 30; change++) {
                large.accept(announced(change, ALICE, scattered(30_000)));
            }
            await().atMost(Patience.LONG).until(
                    () -> tally.use(LimitName.CHANGE_HISTORY_RANGES).used() <= ChangeRing.KEPT_RANGES);

            assertThat(large.status().memory().retained()).isEqualTo(ChangeRing.KEPT_RANGES / 30_000);
            assertThat(large.status().memory().dropped()).as("nothing is missing").isZero();
            assertThat(large.find(1)).map(JournalEntry::change).contains(announced(1, ALICE, scattered(30_000)));
        }
    }

    @Test
    void nobodyIsShownWhatIsNotKept() throws Exception {
        var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.empty());
        archive.isHeld(true);

        journal.accept(announced(1, ALICE));

        archive.awaitAWrite();
        assertThat(reader.next(NOT_AT_ALL)).isEqualTo(new Delivery.Idle());
        assertThat(journal.find(1)).isEmpty();
        assertThat(newest()).isEmpty();
        archive.isHeld(false);
        assertThat(reader.next(LONG)).isEqualTo(new Change(new JournalEntry(1, announced(1, ALICE))));
        assertThat(journal.find(1)).isPresent();
        assertThat(newest()).hasSize(1);
    }

    @Test
    void aWriterThatIsOvertakenLeavesAGapAndNeverHoldsUpTheEngine() throws Exception {
        announce(1, 5);
        await().until(() -> journal.find(5).isPresent());
        archive.isHeld(true);

        announce(6, 6);
        archive.awaitAWrite();
        announce(7, 1_000);

        var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.of(5));
        archive.isHeld(false);
        await().until(() -> journal.find(1_000).isPresent());
        // What the writer had in its hands when it was held was not lost.
        assertThat(reader.next(LONG)).isEqualTo(new Change(new JournalEntry(6, announced(6, ALICE))));
        assertThat(reader.next(LONG)).isEqualTo(new Gap(7, 990, GapReason.NOT_RECORDED));
        assertThat(journal.gaps(1, 1_000)).containsExactly(new SequenceRange(7, 990));
        assertThat(journal.status().disk().orElseThrow().dropped()).isEqualTo(984);
        assertThat(newest()).extracting(JournalEntry::sequence).startsWith(1_000L, 999L).contains(991L, 6L)
                .doesNotContain(990L);
    }

    @Test
    void howeverOftenTheWriterIsOvertakenItIsSaidOnceAMinute(CapturedOutput output) {
        for (int times = 1; times <= 3; times++) {
            archive.isHeld(true);
            int first = (times - 1) * 100 + 1;
            announce(first, first);
            archive.awaitAWrite();
            announce(first + 1, times * 100);
            archive.isHeld(false);
            awaitKept(times * 100L);
        }
        assertThat(journal.gaps(1, 300)).hasSize(3);
        assertThat(output.getOut().split("the history cannot follow", -1)).hasSize(2);
    }

    @Test
    void whatIsForgottenWhileAReaderLooksBackIsAGapToo() throws Exception {
        for (int n = 1; n <= 30; n++) {
            announce(n, n);
            awaitKept(n);
        }
        var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.of(0));
        archive.forgetsUnseen(5);

        assertThat(reader.next(LONG)).isEqualTo(new Gap(1, 5, GapReason.FORGOTTEN));
        assertThat(reader.next(LONG)).isEqualTo(new Change(new JournalEntry(6, announced(6, ALICE))));
    }

    @Test
    void changesAreKeptAtOnceThoughNothingCanBeForgotten() {
        archive.isTendedInVain(true);
        for (int n = 1; n <= 50; n++) {
            announce(n, n);
            awaitKept(n);
        }
        assertThat(archive.tends()).as("that is tried again after a while only").isLessThan(25);
        assertThat(journal.status().disk().orElseThrow().failure()).contains("the disk cannot be tidied");
        archive.isTendedInVain(false);
        await().until(() -> journal.status().disk().orElseThrow().failure().isEmpty());
    }

    @Test
    void morePointsAfterAGapThanMayWaitAreTurnedAwayAndCounted() {
        archive.isHeld(true);
        announce(1, 1);
        archive.awaitAWrite();
        announce(2, 1_000);
        archive.isHeld(false);
        awaitKept(1_000);
        archive.isHeld(true);
        announce(1_001, 1_001);
        archive.awaitAWrite();
        for (int n = 0; n < tally.use(LimitName.CHANGE_HISTORY_POINTS).setting() + 3; n++) {
            journal.accept(leaves(ALICE, 1_001));
        }
        assertThat(tally.use(LimitName.CHANGE_HISTORY_POINTS).met()).isEqualTo(3);
        assertThat(tally.use(LimitName.CHANGE_HISTORY_POINTS).used())
                .isEqualTo(tally.use(LimitName.CHANGE_HISTORY_POINTS).setting());
        archive.isHeld(false);
        announce(1_002, 1_002);
        await().until(() -> tally.use(LimitName.CHANGE_HISTORY_POINTS).used() == 0);
    }

    private void awaitKept(long sequence) {
        await().pollInterval(Duration.ofMillis(2)).until(() -> archive.status().lastSequence() == sequence);
    }

    @Test
    void afterAGapAStateIsToldOnlyWhenItIsCertainAgain() {
        announce(1, 1);
        await().until(() -> journal.find(1).isPresent());
        archive.isHeld(true);
        announce(2, 1_000);
        archive.isHeld(false);
        await().until(() -> journal.find(1_000).isPresent());

        assertThat(presence(ALICE, 1)).isInstanceOf(PastPresence.Known.class);
        assertThat(presence(ALICE, 1_000)).isInstanceOf(PastPresence.Uncertain.class);

        journal.accept(leaves(ALICE, 1_001));
        journal.accept(announced(1_001, ALICE));
        await().until(() -> journal.find(1_001).isPresent());

        assertThat(presence(ALICE, 1_001)).isInstanceOfSatisfying(PastPresence.Known.class,
                known -> assertThat(known.presence()).isEqualTo(new PeerPresence().apply(announced(1_001, ALICE))));
        assertThat(presence(BOB, 1_001)).isInstanceOf(PastPresence.Uncertain.class);
    }

    @Test
    void whileTheDiskFailsNobodyIsShownWhatIsNotKeptAndLaterTheyAre() throws Exception {
        announce(1, 1);
        awaitKept(1);
        var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.empty());
        archive.isFailing(true);

        announce(2, 4);
        awaitFailure("the disk is full");

        assertThat(reader.next(NOT_AT_ALL)).isEqualTo(new Delivery.Idle());
        assertThat(journal.shown()).isEqualTo(1);
        archive.isFailing(false);
        for (long sequence = 2; sequence <= 4; sequence++) {
            assertThat(reader.next(LONG)).isEqualTo(new Change(new JournalEntry(sequence, announced(sequence, ALICE))));
        }
        assertThat(newest()).hasSize(4);
        assertThat(journal.status().disk().orElseThrow().dropped()).isZero();
        assertThat(reader.next(NOT_AT_ALL)).as("nothing is told twice").isEqualTo(new Delivery.Idle());
    }

    @Test
    void whileTheDiskFailsEachQuestionIsRefusedWithTheReason() {
        announce(1, 1);
        awaitKept(1);
        long revision = journal.revision();
        archive.isFailing(true);
        announce(2, 2);
        awaitFailure("the disk is full");

        List<ThrowingCallable> questions = List.of(this::newest, () -> journal.find(1), () -> journal.gaps(1, 1),
                () -> presence(ALICE, 1));

        assertThat(questions).allSatisfy(question -> assertThatThrownBy(question).isInstanceOf(ArchiveFailed.class)
                .hasMessageContaining("the disk is full"));
        assertThat(journal.revision()).as("no answer of before is given again").isGreaterThan(revision);
        archive.isFailing(false);
        awaitKept(2);
        await().until(() -> journal.writeFailure().isEmpty());
        assertThat(newest()).hasSize(2);
    }

    @Test
    void whatADiskThatFailsForLongDidNotGetIsAGapOnceItWorksAgain() throws Exception {
        var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.empty());
        archive.isFailing(true);
        announce(1, 50);
        awaitFailure("the disk is full");
        assertThat(reader.next(NOT_AT_ALL)).isEqualTo(new Delivery.Idle());

        archive.isFailing(false);

        assertThat(reader.next(LONG)).isEqualTo(new Gap(1, 40, GapReason.NOT_RECORDED));
        assertThat(reader.next(LONG)).isEqualTo(new Change(new JournalEntry(41, announced(41, ALICE))));
        awaitKept(50);
        assertThat(journal.gaps(1, 50)).containsExactly(new SequenceRange(1, 40));
        assertThat(archive.find(41)).isPresent();
    }

    /** Where the history is read from as well as where it is written to, the disk fails. */
    @Test
    void aReaderThatLooksBackWhileTheDiskFailsWaitsToo() throws Exception {
        for (int n = 1; n <= 30; n++) {
            announce(n, n);
            awaitKept(n);
        }
        archive.isFailing(true);
        announce(31, 31);
        awaitFailure("the disk is full");

        var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.of(3));

        assertThat(reader.next(NOT_AT_ALL)).isEqualTo(new Delivery.Idle());
        archive.isFailing(false);
        assertThat(reader.next(LONG)).isEqualTo(new Change(new JournalEntry(4, announced(4, ALICE))));
    }

    @Test
    void aCommitThatIsSaidToHaveFailedAndHasNotIsNotMadeTwice() throws Exception {
        var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.empty());
        archive.isFailingAfterwards(true);
        announce(1, 3);
        awaitFailure("the disk is gone");

        archive.isFailingAfterwards(false);
        for (long sequence = 1; sequence <= 3; sequence++) {
            assertThat(reader.next(LONG)).isEqualTo(new Change(new JournalEntry(sequence, announced(sequence, ALICE))));
        }
        await().until(() -> journal.writeFailure().isEmpty());
        assertThat(journal.gaps(1, 3)).isEmpty();
    }

    @Test
    void theWriterGoesOnAfterAnErrorToo() {
        archive.isBroken(true);
        announce(1, 3);
        awaitFailure("java.lang.LinkageError: no such library");

        archive.isBroken(false);

        awaitKept(3);
    }

    private void awaitFailure(String why) {
        await().until(() -> journal.status().disk().orElseThrow().failure().filter(why::equals).isPresent());
    }

    private PastPresence presence(PeerId peer, int second) {
        return journal.presenceAt(peer, START.plusSeconds(second)).orElseThrow();
    }

    private static ExchangeEvent leaves(PeerId peer, int second) {
        return new ExchangeEvent.PeerLeft(START.plusSeconds(second), peer, Direction.INBOUND,
                DepartureReason.PEER_CLOSED,
                START, Optional.empty(), PeerCounters.NONE);
    }

    private void announce(int first, int last) {
        for (int n = first; n <= last; n++) {
            journal.accept(announced(n, ALICE));
        }
    }

    private List<JournalEntry> newest() {
        return journal.read(new ChangeQuery(ChangeFilter.ALL, Order.NEWEST, OptionalLong.empty(), 100));
    }

    /** Every other leaf. */
    private static BlockSet scattered(int count) {
        var ranges = BlockRanges.builder();
        for (int i = 0; i < count; i++) {
            ranges.add(2L * i);
        }
        return new BlockSet.Leaves(Changes.TREE, ranges.build());
    }
}
