package dev.peerscope.journal;

import static dev.peerscope.journal.Changes.ALICE;
import static dev.peerscope.journal.Changes.BOB;
import static dev.peerscope.journal.Changes.START;
import static dev.peerscope.journal.Changes.announced;
import static dev.peerscope.journal.RandomChanges.blockByBlock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.Patience;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.journal.Delivery.Change;
import dev.peerscope.journal.Delivery.Gap;
import dev.peerscope.journal.Delivery.GapReason;
import dev.peerscope.journal.sqlite.SqliteChangeArchive;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.peer.PeerId;

/** What a journal with an archive is after the process has ended, in order or not. */
@Timeout(600)
class JournalRestartTest {

    private static final Duration LONG = Patience.LONG;
    /** So small that every reader falls from memory to the disk. */
    private static final JournalLimits SMALL = new JournalLimits(64, 100_000, 8);

    @TempDir
    Path folder;

    @Test
    void numbersGoOnAndAReaderResumes() throws Exception {
        try (var journal = open(folder)) {
            journal.accept(announced(1, ALICE));
            journal.accept(announced(2, BOB));
        }
        try (var journal = open(folder)) {
            var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.of(1));

            assertThat(reader.next(LONG)).isEqualTo(new Change(new JournalEntry(2, announced(2, BOB))));
            assertThat(journal.find(1)).contains(new JournalEntry(1, announced(1, ALICE)));
        }
    }

    @Test
    void whatStoodOpenInACrashIsEndedAsOfTheLastSignOfLife() throws Exception {
        var after = folder.resolve("after");
        try (var journal = open(folder)) {
            journal.accept(announced(1, ALICE));
            journal.accept(announced(2, BOB));
            crash(journal, folder, after);
        }
        try (var journal = open(after)) {
            var ended = journal.read(new ChangeQuery(ChangeFilter.ALL, Order.OLDEST, OptionalLong.of(2), 10));

            assertThat(ended).extracting(JournalEntry::sequence).containsExactly(3L, 4L);
            assertThat(ended).extracting(entry -> entry.change().reason()).containsOnly(PresenceReason.NODE_STOPPED);
            assertThat(ended).extracting(entry -> entry.change().blocks()).containsExactly(announced(1, ALICE).blocks(),
                    announced(2, BOB).blocks());
            assertThat(ended).extracting(entry -> entry.change().at()).containsOnly(START.plusSeconds(2));
        }
        try (var journal = open(after)) {
            assertThat(journal.status().memory().lastSequence()).as("nothing is ended twice").isEqualTo(4);
        }
    }

    @Test
    void timesNeverGoBackThoughTheClockDoes() {
        try (var journal = open(folder)) {
            journal.accept(announced(100, ALICE));
        }
        try (var journal = open(folder)) {
            journal.accept(announced(5, BOB));
        }
        try (var journal = open(folder)) {
            var times = journal.read(new ChangeQuery(ChangeFilter.ALL, Order.OLDEST, OptionalLong.empty(), 10)).stream()
                    .map(entry -> entry.change().at()).toList();
            assertThat(times).isSorted().startsWith(START.plusSeconds(100));
        }
    }

    @Test
    void aNumberThatThisHistoryHasNotReachedIsAheadOfItAfterARestartToo() throws Exception {
        try (var journal = open(folder)) {
            journal.accept(announced(1, ALICE));
        }
        try (var journal = open(folder)) {
            long last = journal.status().memory().lastSequence();

            var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.of(1_000));

            assertThat(reader.next(LONG)).isEqualTo(new Gap(1, last, GapReason.AHEAD));
        }
    }

    /**
     * Messages come all the time, the node is stopped in order and not, and a reader leaves and comes back at random: in the end it
     * knows exactly what is so, which is what a reader knows that was there all the time.
     */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_260_101, -7})
    void aReaderThatComesAndGoesEndsWithTheStateOfOneThatNeverLeft(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        var comesAndGoes = new Follower(seed);
        Path place = folder;
        for (int run = 0; run < 4; run++) {
            var swarm = new RandomChanges(random.nextLong(), 5);
            var neverLeft = new Follower(seed);
            Path next = folder.resolve("run" + run);
            try (var journal = open(place)) {
                var constant = journal.subscribe(ChangeFilter.ALL, OptionalLong.empty());
                var churn = Thread.ofPlatform().start(() -> churn(swarm, journal));
                while (churn.isAlive()) {
                    visit(journal, comesAndGoes, random.nextInt(1, 400));
                    Thread.sleep(random.nextInt(8));
                }
                catchUp(journal, comesAndGoes);
                neverLeft.follow(constant, journal.status().memory().lastSequence());

                neverLeft.assertKnows(swarm);
                comesAndGoes.assertKnows(swarm);
                if (random.nextBoolean()) {
                    swarm.peers().forEach(peer -> swarm.leave(peer).forEach(change -> happens(change, journal)));
                    next = place;
                } else {
                    crash(journal, place, next);
                }
            }
            place = next;
        }
        try (var journal = open(place)) {
            catchUp(journal, comesAndGoes);

            comesAndGoes.assertKnows(new RandomChanges(seed, 5));
        }
    }

    private static void churn(RandomChanges swarm, PresenceJournal journal) {
        for (int message = 0; message < 2_000; message++) {
            swarm.next().forEach(change -> happens(change, journal));
        }
    }

    /** Not faster than the disk can follow a ring as small as this. */
    private static void happens(PresenceChanged change, PresenceJournal journal) {
        while (journal.status().memory().lastSequence()
                - journal.status().disk().orElseThrow().archive().lastSequence() > 50) {
            Thread.onSpinWait();
        }
        journal.accept(change);
    }

    private static void visit(PresenceJournal journal, Follower follower, int steps) throws InterruptedException {
        try (var visit = journal.subscribe(ChangeFilter.ALL, OptionalLong.of(follower.last))) {
            for (int step = 0; step < steps; step++) {
                follower.take(visit.next(Duration.ofMillis(2)));
            }
        }
    }

    private static void catchUp(PresenceJournal journal, Follower follower) throws InterruptedException {
        try (var visit = journal.subscribe(ChangeFilter.ALL, OptionalLong.of(follower.last))) {
            follower.follow(visit, journal.status().memory().lastSequence());
        }
    }

    private static PresenceJournal open(Path folder) {
        var clock = InstantSource.fixed(START);
        var archive = SqliteChangeArchive.open(folder, SqliteChangeArchiveTest.SMALL, new LimitRegister(), clock);
        return PresenceJournal.archived(SMALL, new LimitRegister(), archive, clock);
    }

    /**
     * The files as they would be if the process ended now. What is read of one moment meanwhile stays in the two of them, whatever the
     * writer does between the one copy and the other.
     */
    private static void crash(PresenceJournal journal, Path from, Path to)
            throws IOException, SQLException {
        await().until(() -> journal.find(journal.status().memory().lastSequence()).isPresent());
        Files.createDirectories(to);
        try (var moment = DriverManager.getConnection("jdbc:sqlite:" + from.resolve("history.db"));
                var statement = moment.createStatement()) {
            moment.setAutoCommit(false);
            statement.executeQuery("SELECT last_sequence FROM journal").close();
            for (String part : List.of("history.db", "history.db-wal")) {
                Files.copy(from.resolve(part), to.resolve(part));
            }
        }
    }

    /** A reader that puts together what is known from what it is delivered. */
    private static final class Follower {

        private final long seed;
        private final Map<PeerId, PeerPresence> known = new HashMap<>();
        private long last;
        private Instant lastAt = Instant.MIN;

        Follower(long seed) {
            this.seed = seed;
        }

        void follow(Subscription subscription, long through) throws InterruptedException {
            while (last < through) {
                take(subscription.next(LONG));
            }
        }

        void take(Delivery delivery) {
            switch (delivery) {
                case Change(JournalEntry entry) -> {
                    assertThat(last == 0 || entry.sequence() == last + 1).as("seed %d: %d comes after %d", seed,
                            entry.sequence(), last).isTrue();
                    assertThat(entry.change().at()).isAfterOrEqualTo(lastAt);
                    last = entry.sequence();
                    lastAt = entry.change().at();
                    known.computeIfAbsent(entry.change().peer(), _ -> new PeerPresence()).apply(entry.change());
                }
                case Gap gap -> throw new AssertionError("seed " + seed + ": nothing was lost, yet there is " + gap);
                case Delivery.Idle _,Delivery.End _ -> {
                    // Nothing new.
                }
            }
        }

        void assertKnows(RandomChanges swarm) {
            swarm.peers().forEach(peer -> assertThat(
                    blockByBlock(known.getOrDefault(peer, new PeerPresence()))).as("seed %d", seed)
                    .isEqualTo(swarm.known(peer)));
        }
    }
}
