package dev.peerscope.journal;

import static dev.peerscope.journal.Changes.ALICE;
import static dev.peerscope.journal.Changes.BOB;
import static dev.peerscope.journal.Changes.announced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.Patience;
import dev.peerscope.journal.Delivery.Change;
import dev.peerscope.journal.Delivery.End;
import dev.peerscope.journal.Delivery.Gap;
import dev.peerscope.journal.Delivery.GapReason;
import dev.peerscope.journal.Delivery.Idle;
import dev.peerscope.limit.LimitRegister;

@Timeout(600)
class JournalSubscriptionTest {

    private static final Duration NOT_AT_ALL = Duration.ZERO;
    private static final Duration LONG = Patience.LONG;

    private final PresenceJournal journal = journalOf(10);

    @Test
    void aReaderWithoutAPastGetsWhatHappensFromNowOn() throws Exception {
        announce(1, 3);
        var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.empty());

        announce(4, 5);

        assertThat(drain(reader)).containsExactly("4", "5");
    }

    @Test
    void aReaderThatKnowsTheThirdGoesOnWithTheFourthAndThenLive() throws Exception {
        announce(1, 5);
        var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.of(3));

        announce(6, 7);

        assertThat(drain(reader)).containsExactly("4", "5", "6", "7");
    }

    @Test
    void whatIsForgottenIsToldAsAGapBeforeTheRest() throws Exception {
        announce(1, 25);

        var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.of(4));

        assertThat(reader.next(NOT_AT_ALL)).isEqualTo(new Gap(5, 15, GapReason.FORGOTTEN));
        assertThat(drain(reader)).startsWith("16").endsWith("25").hasSize(10);
        assertThat(journal.status().gaps()).isEqualTo(1);
    }

    @Test
    void aReaderAheadOfTheJournalIsToldSoAndGoesOnWithWhatHappensNow() throws Exception {
        announce(1, 3);

        var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.of(1_000));

        announce(4, 4);
        assertThat(drain(reader)).containsExactly("gap 1-3 ahead", "4");
    }

    @Test
    void aReaderAheadOfAnEmptyJournalIsToldSoToo() throws Exception {
        var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.of(1));

        announce(1, 1);

        assertThat(drain(reader)).containsExactly("gap 1-0 ahead", "1");
    }

    @Test
    void aSlowReaderIsToldWhatItMissedAndTheWriterNeverWaits() throws Exception {
        var slow = journal.subscribe(ChangeFilter.ALL, OptionalLong.empty());
        announce(1, 2);
        assertThat(slow.next(NOT_AT_ALL)).isInstanceOf(Change.class);

        announce(3, 100_000);

        assertThat(drain(slow)).startsWith("gap 2-99990 forgotten", "99991").endsWith("100000").hasSize(11);
    }

    @Test
    void aFilteredReaderGetsOnlyWhatItNames() throws Exception {
        var reader = journal.subscribe(ChangeFilter.of(BOB), OptionalLong.empty());

        journal.accept(announced(1, ALICE));
        journal.accept(announced(2, BOB));

        assertThat(drain(reader)).containsExactly("2");
    }

    @Test
    void aWaitingReaderIsWokenByAChange() throws Exception {
        var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.empty());
        var waiting = inBackground(() -> reader.next(LONG));

        announce(1, 1);

        assertThat(waiting.get(LONG.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(Change.class);
    }

    @Test
    void aReaderThatWaitsInVainIsIdle() throws Exception {
        var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.empty());

        assertThat(reader.next(Duration.ofMillis(20))).isEqualTo(new Idle());
    }

    @Test
    void aClosedJournalHandsOverWhatIsThereAndThenTheEnd() throws Exception {
        var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.empty());
        announce(1, 2);

        journal.close();

        assertThat(reader.next(LONG)).isInstanceOf(Change.class);
        assertThat(reader.next(LONG)).isInstanceOf(Change.class);
        assertThat(reader.next(LONG)).isEqualTo(new End());
    }

    @Test
    void closingASubscriptionEndsTheWaitOfItsReader() throws Exception {
        var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.empty());
        var waiting = inBackground(() -> reader.next(LONG));

        reader.close();

        assertThat(waiting.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new End());
        assertThat(journal.status().subscribers()).isZero();
    }

    @Test
    void anInterruptedReaderStopsWaiting() {
        var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.empty());

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> reader.next(LONG)).isInstanceOf(InterruptedException.class);
    }

    /** While one thread writes as fast as it can, one reader stays and one leaves and comes back at random. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_260_101, -7})
    void aReaderThatComesAndGoesSeesExactlyWhatAConstantReaderSees(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        int changes = 20_000;
        var busy = journalOf(changes);
        var constant = busy.subscribe(ChangeFilter.ALL, OptionalLong.of(0));
        var writer = inBackground(() -> {
            for (int n = 1; n <= changes; n++) {
                busy.accept(announced(n, n % 3 == 0 ? BOB : ALICE));
                if (n % 100 == 0) {
                    Thread.yield();
                }
            }
            busy.close();
            return "done";
        });
        var constantSaw = inBackground(() -> untilTheEnd(constant));

        List<String> seen = new ArrayList<>();
        long lastSeen = 0;
        boolean ended = false;
        while (!ended) {
            try (var visit = busy.subscribe(ChangeFilter.ALL, OptionalLong.of(lastSeen))) {
                for (int stay = random.nextInt(1, 500); stay > 0 && !ended; stay--) {
                    var delivery = visit.next(LONG);
                    ended = delivery instanceof End;
                    if (delivery instanceof Change(JournalEntry entry)) {
                        lastSeen = entry.sequence();
                        seen.add(text(delivery));
                    }
                }
            }
        }
        assertThat(writer.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo("done");
        assertThat(seen).as("seed %d", seed).hasSize(changes)
                .isEqualTo(constantSaw.get(LONG.toSeconds(), TimeUnit.SECONDS));
    }

    /** With a journal far too small for the writer, what a reader gets and what it is told to miss add up to everything. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_260_101, -7})
    void whatASlowReaderGetsAndMissesAddsUpToEverything(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        int changes = 200_000;
        var small = journalOf(64);
        var reader = small.subscribe(ChangeFilter.ALL, OptionalLong.of(0));
        var writer = inBackground(() -> {
            for (int n = 1; n <= changes; n++) {
                small.accept(announced(n, ALICE));
            }
            small.close();
            return "done";
        });

        long expected = 1;
        for (var next = reader.next(LONG); !(next instanceof End); next = reader.next(LONG)) {
            switch (next) {
                case Change(JournalEntry entry) -> assertThat(entry.sequence()).as("seed %d", seed)
                        .isEqualTo(expected++);
                case Gap gap -> {
                    assertThat(gap.from()).as("seed %d", seed).isEqualTo(expected);
                    assertThat(gap.to()).as("seed %d", seed).isGreaterThanOrEqualTo(gap.from());
                    expected = gap.to() + 1;
                }
                case Idle _,End _ -> throw new AssertionError("the writer stopped early, seed " + seed);
            }
            if (random.nextInt(100) == 0) {
                Thread.sleep(0, random.nextInt(1, 200_000));
            }
        }
        assertThat(writer.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo("done");
        assertThat(expected).as("seed %d", seed).isEqualTo(changes + 1);
    }

    private static PresenceJournal journalOf(int changes) {
        return PresenceJournal.inMemory(new JournalLimits(changes, Long.MAX_VALUE, 8), new LimitRegister());
    }

    private void announce(int first, int last) {
        for (int n = first; n <= last; n++) {
            journal.accept(announced(n, ALICE));
        }
    }

    private static List<String> drain(Subscription reader) throws InterruptedException {
        List<String> drained = new ArrayList<>();
        for (var next = reader.next(NOT_AT_ALL); !(next instanceof Idle); next = reader.next(NOT_AT_ALL)) {
            drained.add(text(next));
        }
        return drained;
    }

    private static List<String> untilTheEnd(Subscription reader) throws InterruptedException {
        List<String> all = new ArrayList<>();
        for (var next = reader.next(LONG); !(next instanceof End); next = reader.next(LONG)) {
            all.add(text(next));
        }
        return all;
    }

    private static String text(Delivery delivery) {
        return switch (delivery) {
            case Change(JournalEntry entry) -> Long.toString(entry.sequence());
            case Gap gap -> "gap " + gap.from() + "-" + gap.to() + " " + gap.reason().text();
            case Idle _ -> "idle";
            case End _ -> "end";
        };
    }

    private static <T> Future<T> inBackground(Callable<T> task) {
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        var future = executor.submit(task);
        executor.shutdown();
        return future;
    }
}
