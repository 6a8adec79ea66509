package dev.peerscope.journal;

import static dev.peerscope.journal.RandomChanges.blockByBlock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.journal.ChangeArchive.Stretch;
import dev.peerscope.journal.PeerPresence.Told;
import dev.peerscope.journal.sqlite.ArchiveLimits;
import dev.peerscope.journal.sqlite.SqliteChangeArchive;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.peer.PeerId;

/** What the archive says is what a list of everything says, whatever is asked of it. */
class SqliteChangeArchiveTest {

    /** Checkpoints every few changes, so that they matter. */
    static final ArchiveLimits SMALL = new ArchiveLimits(Duration.ofDays(1), 1L << 30, 500);

    @TempDir
    Path folder;

    private SqliteChangeArchive archive;
    private final List<JournalEntry> all = new ArrayList<>();

    @BeforeEach
    void open() {
        archive = SqliteChangeArchive.open(folder, SMALL, new LimitRegister(), InstantSource.fixed(Changes.START));
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_260_101, -7})
    void everyQueryAnswersAsAListOfAllChangesWould(long seed) {
        var swarm = new RandomChanges(seed, 4);
        append(swarm, 600);
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            var query = query(random, swarm);
            long through = random.nextLong(all.size() + 2);

            assertThat(archive.read(query, through)).as("seed %d, %s", seed, query).isEqualTo(expected(query, through));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_260_101, -7})
    void everyPastStateIsAsItWasKnownThen(long seed) {
        var swarm = new RandomChanges(seed, 4);
        Map<Instant, Map<PeerId, Map<BlockAddress, Told>>> past = new HashMap<>();
        for (int message = 0; message < 400; message++) {
            append(swarm, 1);
            past.put(swarm.now(), knownOf(swarm));
            tendAll(swarm.now());
        }
        past.forEach((at, known) -> known.forEach((peer, blocks) -> assertThat(archive.presenceAt(peer, at))
                .asInstanceOf(type(PastPresence.Known.class))
                .satisfies(state -> assertThat(blockByBlock(state.presence())).as("seed %d at %s", seed, at)
                        .isEqualTo(blocks))));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_260_101, -7})
    void whatIsForgottenLeavesTheStatesAfterItAsTheyWere(long seed) {
        var swarm = new RandomChanges(seed, 4);
        Map<Instant, Map<PeerId, Map<BlockAddress, Told>>> past = new HashMap<>();
        for (int message = 0; message < 400; message++) {
            append(swarm, 1);
            if (message % 40 == 0) {
                append(swarm.leave(swarm.peers().get(message / 40 % 4)));
            }
            past.put(swarm.now(), knownOf(swarm));
        }
        var middle = all.get(all.size() / 2).change().at();

        // A twentieth of the age more, as rounds are rare; then in steps, and in between states are whole.
        var later = middle.plus(SMALL.age().plus(SMALL.age().dividedBy(20)));
        int steps = 0;
        while (archive.tend(Changes.time(later))) {
            if (steps++ % 3 == 0) {
                assertPast(past, swarm, seed);
            }
        }
        assertPast(past, swarm, seed);
        assertThat(archive.status().firstSequence()).as("seed %d", seed).isGreaterThan(1);
        assertThat(archive.presenceAt(swarm.peers().getFirst(), Changes.START))
                .isInstanceOf(PastPresence.TooEarly.class);
        long first = archive.status().firstSequence();
        var kept = all.stream().filter(entry -> entry.sequence() >= first).toList();
        assertThat(archive.read(new ChangeQuery(ChangeFilter.ALL, Order.OLDEST, OptionalLong.empty(), 1_000_000),
                Long.MAX_VALUE)).isEqualTo(kept);
        assertThat(archive.follow(ChangeFilter.ALL, first - 3, all.size(), 1_000_000))
                .isEqualTo(new Stretch(first, all.size(), kept, List.of()));
        assertThat(archive.follow(ChangeFilter.ALL, 0, first - 2, 1)).as("all that was asked for is forgotten")
                .isEqualTo(new Stretch(first, first - 2, List.of(), List.of()));
    }

    private void assertPast(Map<Instant, Map<PeerId, Map<BlockAddress, Told>>> past, RandomChanges swarm, long seed) {
        past.forEach((at, known) -> {
            for (PeerId peer : swarm.peers()) {
                switch (archive.presenceAt(peer, at)) {
                    case PastPresence.Known(var presence, var _) -> assertThat(blockByBlock(presence))
                            .as("seed %d at %s", seed, at).isEqualTo(known.get(peer));
                    case PastPresence.TooEarly(var earliest) -> assertThat(at).isBefore(earliest);
                    case PastPresence.Uncertain _ -> throw new AssertionError("nothing was lost");
                }
            }
        });
    }

    private void append(RandomChanges swarm, int messages) {
        for (int i = 0; i < messages; i++) {
            append(swarm.next());
        }
    }

    private void append(List<PresenceChanged> changes) {
        List<JournalEntry> entries = new ArrayList<>();
        changes.forEach(change -> entries.add(new JournalEntry(all.size() + entries.size() + 1, change)));
        all.addAll(entries);
        archive.append(entries, List.of(), Changes.START);
    }

    private void tendAll(Instant now) {
        boolean more = true;
        while (more) {
            more = archive.tend(Changes.time(now));
        }
    }

    private static Map<PeerId, Map<BlockAddress, Told>> knownOf(RandomChanges swarm) {
        Map<PeerId, Map<BlockAddress, Told>> known = new HashMap<>();
        swarm.peers().forEach(peer -> known.put(peer, swarm.known(peer)));
        return known;
    }

    private ChangeQuery query(SplittableRandom random, RandomChanges swarm) {
        var filter = new ChangeFilter(
                sometimes(random, swarm.peers().get(random.nextInt(swarm.peers().size()))),
                sometimes(random, swarm.trees().get(random.nextInt(swarm.trees().size()))),
                some(random, PresenceChange.values()), some(random, PresenceReason.values()),
                sometimes(random, anyTime(random)), sometimes(random, anyTime(random)));
        var beyond = random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong(all.size() + 2));
        return new ChangeQuery(filter, random.nextBoolean() ? Order.NEWEST : Order.OLDEST, beyond,
                1 + random.nextInt(30));
    }

    private Instant anyTime(SplittableRandom random) {
        var at = all.get(random.nextInt(all.size())).change().at();
        return random.nextBoolean() ? at : at.plusNanos(random.nextInt(-2_000, 2_000));
    }

    private static <T> Optional<T> sometimes(SplittableRandom random, T value) {
        return random.nextInt(3) == 0 ? Optional.of(value) : Optional.empty();
    }

    private static <T> Set<T> some(SplittableRandom random, T[] values) {
        return switch (random.nextInt(4)) {
            case 0 -> Set.of(values[random.nextInt(values.length)]);
            case 1 -> Set.copyOf(List.of(values[0], values[values.length - 1]));
            default -> Set.of();
        };
    }

    private List<JournalEntry> expected(ChangeQuery query, long through) {
        long beyond = query.beyond().orElse(query.order() == Order.NEWEST ? Long.MAX_VALUE : 0);
        var inOrder = query.order() == Order.NEWEST ? all.reversed() : all;
        return inOrder.stream().filter(entry -> entry.sequence() <= through)
                .filter(entry -> query.order() == Order.NEWEST ? entry.sequence() < beyond : entry.sequence() > beyond)
                .filter(entry -> query.filter().matches(entry.change())).limit(query.limit()).toList();
    }
}
