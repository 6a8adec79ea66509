package dev.peerscope.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.Patience;
import dev.peerscope.journal.Delivery.Change;
import dev.peerscope.journal.Delivery.Gap;
import dev.peerscope.journal.Delivery.GapReason;
import dev.peerscope.journal.sqlite.SqliteChangeArchive;
import dev.peerscope.limit.LimitRegister;

/**
 * Whatever the disk does, and whenever the process ends: each number is shown with one content only, a stream that comes back sees
 * numbers that ascend with every gap named, and what was shown is in the file.
 */
@Timeout(600)
class FailingDiskTest {

    private static final int LIVES = 6;
    private static final int STEPS = 40;
    private static final Duration RETRY = Duration.ofMillis(5);
    /** So small that a disk that fails for some steps loses changes. */
    private static final JournalLimits SMALL = new JournalLimits(30, 100_000, 8);

    @TempDir
    Path folder;

    /** What was shown under each number, over all lives. */
    private final Map<Long, String> shown = new TreeMap<>();
    /** The last number that the stream knows, over all lives. */
    private long last;
    private long gaps;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_260_101, -7})
    void aNumberIsShownWithOneContentOnlyWhateverTheDiskDoes(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        for (int life = 0; life < LIVES; life++) {
            live(random, "seed %d, life %d".formatted(seed, life));
            try (var archive = open()) {
                shown.forEach((sequence, text) -> assertThat(archive.find(sequence)).as("seed %d: %d is kept", seed,
                        sequence).map(Object::toString).contains(text));
            }
        }
        assertThat(shown).as("seed %d", seed).isNotEmpty();
        assertThat(gaps).as("seed %d: something was lost and told", seed).isPositive();
    }

    private void live(SplittableRandom random, String when) throws InterruptedException {
        var disk = new MoodyArchive(open());
        var swarm = new RandomChanges(random.nextLong(), 5);
        try (var journal = PresenceJournal.archived(SMALL, new LimitRegister(), disk,
                new HistoryClock(InstantSource.fixed(Changes.START), System::nanoTime), RETRY);
                var stream = journal.subscribe(ChangeFilter.ALL, OptionalLong.of(last))) {
            for (int step = 0; step < STEPS; step++) {
                disk.isFailing(random.nextInt(3) == 0);
                disk.isFailingAfterwards(random.nextInt(5) == 0);
                for (int message = random.nextInt(12); message > 0; message--) {
                    swarm.next().forEach(journal::accept);
                }
                follow(stream, Duration.ofMillis(random.nextInt(10)), when);
                askForAPage(journal, when);
            }
            if (random.nextBoolean()) {
                disk.isFailing(false);
                disk.isFailingAfterwards(false);
                journal.accept(Changes.announced(1_000_000, Changes.ALICE));
                while (journal.shown() < journal.status().memory().lastSequence() || last < journal.shown()) {
                    follow(stream, Patience.LONG, when);
                }
            }
            disk.dies();
        }
    }

    /** A stream that met a disk that cannot be read ends; who reads it comes back. */
    private static Delivery next(Subscription stream, Duration patience) throws InterruptedException {
        try {
            return stream.next(patience);
        } catch (ArchiveFailed e) {
            return new Delivery.Idle();
        }
    }

    private void follow(Subscription stream, Duration patience, String when) throws InterruptedException {
        var next = next(stream, patience);
        while (!(next instanceof Delivery.Idle)) {
            switch (next) {
                case Change(JournalEntry entry) -> {
                    assertThat(entry.sequence()).as(when).isEqualTo(last + 1);
                    remember(entry, when);
                    last = entry.sequence();
                }
                case Gap(long from, long to, GapReason reason) -> {
                    assertThat(reason).as(when).isEqualTo(GapReason.NOT_RECORDED);
                    assertThat(from).as(when).isEqualTo(last + 1);
                    last = to;
                    gaps++;
                }
                case Delivery.Idle _,Delivery.End _ -> throw new AssertionError("the stream ended, " + when);
            }
            next = next(stream, Duration.ZERO);
        }
    }

    private void askForAPage(PresenceJournal journal, String when) {
        try {
            journal.read(new ChangeQuery(ChangeFilter.ALL, Order.NEWEST, OptionalLong.empty(), 10))
                    .forEach(entry -> remember(entry, when));
        } catch (ArchiveFailed e) {
            // Refused, which shows nothing.
        }
    }

    private void remember(JournalEntry entry, String when) {
        var before = shown.putIfAbsent(entry.sequence(), entry.toString());
        assertThat(before == null || before.equals(entry.toString()))
                .as("%s: %d was %s and is %s", when, entry.sequence(), before, entry).isTrue();
    }

    private SqliteChangeArchive open() {
        return SqliteChangeArchive.open(folder, SqliteChangeArchiveTest.SMALL, new LimitRegister(),
                InstantSource.fixed(Changes.START));
    }
}
