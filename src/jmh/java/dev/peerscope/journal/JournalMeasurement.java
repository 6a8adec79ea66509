package dev.peerscope.journal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import dev.peerscope.benchmark.Measurement;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.event.PresenceState;
import dev.peerscope.journal.sqlite.ArchiveLimits;
import dev.peerscope.journal.sqlite.SqliteChangeArchive;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.peer.PeerId;

/**
 * A history of ten million changes (or {@code -Dpeerscope.benchmark.changes}) of 2,000 peers and 50 trees, a few ranges each, as the
 * service keeps it: how fast it is written, read and opened. The last part of it comes the whole way, from the engine's side until
 * a reader is shown it.
 */
public final class JournalMeasurement implements Measurement {

    private static final int CHANGES = Integer.getInteger("peerscope.benchmark.changes", 10_000_000);
    private static final int PEERS = 2_000;
    private static final int TREES = 50;
    private static final int BATCH = 1_000;
    private static final int READS = 2_000;
    private static final int PAGE = 100;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(START);
    private static final ArchiveLimits LIMITS = new ArchiveLimits(Duration.ofDays(10_000), 1L << 40,
            ArchiveLimits.DEFAULT.checkpointWeight());

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<PeerId> peers = new ArrayList<>();
    private final List<Cid> trees = new ArrayList<>();

    @Override
    public void measure(PrintStream results) throws Exception {
        for (int i = 0; i < PEERS; i++) {
            peers.add(PeerId.ofPublicKey(("peer " + i).getBytes(StandardCharsets.UTF_8)));
        }
        for (int i = 0; i < TREES; i++) {
            trees.add(Cid.v1(CodexCodec.ROOT, Multihash.sha256(("tree " + i).getBytes(StandardCharsets.UTF_8))));
        }
        Path folder = Files.createTempDirectory(Path.of("target"), "journal-measurement");
        try {
            measure(folder, results);
        } finally {
            delete(folder);
        }
    }

    private void measure(Path folder, PrintStream results) throws IOException {
        try (var archive = open(folder)) {
            write(archive, results);
            results.printf("%,d changes on disk: %,d MB%n", CHANGES, archive.status().bytes() >> 20);
            read("a peer", () -> ChangeFilter.of(peers.get(random.nextInt(PEERS))), archive, results);
            read("a tree", () -> filter(Optional.of(trees.get(random.nextInt(TREES))), Set.of()), archive, results);
            read("a reason", () -> filter(Optional.empty(), Set.of(reason())), archive, results);
            read("all", () -> ChangeFilter.ALL, archive, results);
            past(archive, results);
        }
        reopen(folder, results);
        wholeWay(folder, results);
    }

    private static SqliteChangeArchive open(Path folder) {
        return SqliteChangeArchive.open(folder, LIMITS, new LimitRegister(), CLOCK);
    }

    private void write(ChangeArchive archive, PrintStream results) {
        long longest = 0;
        long begin = System.nanoTime();
        for (long next = 1; next <= CHANGES;) {
            List<JournalEntry> batch = new ArrayList<>(BATCH);
            for (int i = 0; i < BATCH && next <= CHANGES; i++) {
                batch.add(new JournalEntry(next, change(next)));
                next++;
            }
            long before = System.nanoTime();
            archive.append(batch, List.of(), START);
            while (archive.tend(new HistoryTime(START, START, System.nanoTime(), false))) {
                // States are kept as the service keeps them.
            }
            longest = Math.max(longest, System.nanoTime() - before);
        }
        results.printf("append, commit for every %,d: %,.0f changes/s; longest commit with what was tended %,d ms%n",
                BATCH,
                CHANGES / seconds(begin), longest / 1_000_000);
    }

    /** Mostly told and lost again, some ranges each. */
    private PresenceChanged change(long number) {
        var ranges = BlockRanges.builder();
        long index = random.nextInt(1 << 20);
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            long last = index + random.nextInt(64);
            ranges.add(index, last);
            index = last + 2 + random.nextInt(64);
        }
        var blocks = new BlockSet.Leaves(trees.get(random.nextInt(TREES)), ranges.build());
        var peer = peers.get(random.nextInt(PEERS));
        var at = START.plusMillis(number / 4);
        return random.nextInt(3) > 0
                ? new PresenceChanged(at, peer, PresenceChange.ADDED, PresenceReason.ANNOUNCED, blocks,
                        Optional.of(Price.ZERO), Optional.empty(), PresenceState.UNKNOWN)
                : new PresenceChanged(at, peer, PresenceChange.REMOVED, reason(), blocks, Optional.empty(),
                        Optional.of(Price.ZERO), PresenceState.HAVE);
    }

    private PresenceReason reason() {
        return random.nextInt(1_000) == 0 ? PresenceReason.OPERATOR
                : random.nextBoolean() ? PresenceReason.NOT_CONFIRMED : PresenceReason.RELEASED;
    }

    private static ChangeFilter filter(Optional<Cid> tree, Set<PresenceReason> reasons) {
        return new ChangeFilter(Optional.empty(), tree, Set.of(), reasons, Optional.empty(), Optional.empty());
    }

    private static void read(String what, Supplier<ChangeFilter> filter, ChangeArchive archive, PrintStream results) {
        time("newest %d of %s".formatted(PAGE, what), READS, results,
                () -> archive.read(new ChangeQuery(filter.get(), Order.NEWEST, OptionalLong.empty(), PAGE),
                        Long.MAX_VALUE).size());
    }

    private void past(ChangeArchive archive, PrintStream results) {
        time("have-set of a peer at a time", READS / 10, results,
                () -> archive.presenceAt(peers.get(random.nextInt(PEERS)),
                        START.plusMillis(random.nextInt(CHANGES / 4))).hashCode());
    }

    private static void time(String what, int times, PrintStream results, Supplier<Integer> question) {
        long[] took = new long[times];
        long sum = 0;
        for (int i = 0; i < times; i++) {
            long begin = System.nanoTime();
            sum += question.get();
            took[i] = System.nanoTime() - begin;
        }
        Arrays.sort(took);
        results.printf("%s: p50 %,d µs, p99 %,d µs%s%n", what, took[times / 2] / 1_000, took[times * 99 / 100] / 1_000,
                sum == 0 ? " (nothing was found)" : "");
    }

    private void reopen(Path folder, PrintStream results) {
        long begin = System.nanoTime();
        try (var archive = open(folder)) {
            results.printf("open after a crash in which all %,d peers stood open: %,.1f s (%,d changes end them)%n",
                    PEERS,
                    seconds(begin), archive.status().lastSequence() - CHANGES);
        }
        begin = System.nanoTime();
        try (var archive = open(folder)) {
            results.printf("open after a stop in order: %,.3f s (%,d changes)%n", seconds(begin),
                    archive.status().lastSequence());
        }
    }

    /** As fast as the disk follows, from the engine's thread until readers are shown the last one. */
    private void wholeWay(Path folder, PrintStream results) {
        int changes = Math.min(CHANGES, 500_000);
        long busy = 0;
        try (var journal = PresenceJournal.archived(JournalLimits.DEFAULT, new LimitRegister(), open(folder), CLOCK)) {
            long before = journal.status().memory().lastSequence();
            long begin = System.nanoTime();
            for (int i = 1; i <= changes; i++) {
                var change = change(before + i);
                while (before + i - journal.shown() > JournalLimits.DEFAULT.changes() / 2) {
                    LockSupport.parkNanos(1_000_000);
                }
                long accepted = System.nanoTime();
                journal.accept(change);
                busy += System.nanoTime() - accepted;
            }
            while (journal.shown() < before + changes) {
                LockSupport.parkNanos(1_000_000);
            }
            results.printf(
                    "the whole way, accepted until shown: %,.0f changes/s, of which the engine's thread spends %,.2f µs each%n",
                    changes / seconds(begin), busy / 1e3 / changes);
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
