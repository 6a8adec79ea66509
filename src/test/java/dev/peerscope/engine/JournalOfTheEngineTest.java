package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.event.PresenceState;
import dev.peerscope.journal.JournalLimits;
import dev.peerscope.journal.PastPresence;
import dev.peerscope.journal.PeerPresence;
import dev.peerscope.journal.PeerPresence.Told;
import dev.peerscope.journal.PresenceJournal;
import dev.peerscope.journal.sqlite.ArchiveLimits;
import dev.peerscope.journal.sqlite.SqliteChangeArchive;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.peer.PeerId;

/** A state that is rebuilt from the journal is the engine's, now and as it was at any time before. */
class JournalOfTheEngineTest {

    private static final int PERIODS = 30;
    private static final int STEPS = 40;
    /** Checkpoints every few changes, so that they matter. */
    private static final ArchiveLimits SMALL = new ArchiveLimits(Duration.ofDays(1_000), 1L << 30, 300);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 20_260_101, -7})
    void everyStateOfTheEngineIsInItsJournal(long seed) {
        var clock = InstantSource.fixed(TestNode.START);
        var archive = SqliteChangeArchive.open(folder, SMALL, new LimitRegister(), clock);
        Map<Instant, Map<PeerId, Map<BlockAddress, Told>>> past = new LinkedHashMap<>();
        try (var journal = PresenceJournal.archived(JournalLimits.DEFAULT, new LimitRegister(), archive, clock)) {
            var world = new RandomWorld(seed);
            int told = 0;
            for (int period = 0; period < PERIODS; period++) {
                world.run(STEPS);
                var events = world.node().allEvents();
                events.subList(told, events.size()).forEach(journal::accept);
                told = events.size();
                past.put(world.node().clock.now(), known(world.node().reader()));
                world.node().clock.advance(Duration.ofMillis(1));
            }
            past.forEach((at,
                    known) -> known.forEach((peer, blocks) -> assertThat(journal.presenceAt(peer, at).orElseThrow())
                            .as("seed %d, %s at %s", seed, peer, at).isInstanceOfSatisfying(PastPresence.Known.class,
                                    state -> assertThat(blockByBlock(state.presence())).isEqualTo(blocks))));
        }
        assertThat(past.values().stream().flatMap(known -> known.values().stream()).mapToInt(Map::size).sum())
                .as("seed %d", seed).isPositive();
    }

    private static Map<PeerId, Map<BlockAddress, Told>> known(EngineReader reader) {
        Map<PeerId, Map<BlockAddress, Told>> known = new LinkedHashMap<>();
        for (var status : reader.peers()) {
            Map<BlockAddress, Told> blocks = new TreeMap<>();
            reader.presences(status.peer(), Optional.empty(), Optional.empty(), Integer.MAX_VALUE)
                    .forEach(record -> blocks.put(record.address(), new Told(record.price())));
            reader.wants(Optional.empty(), Integer.MAX_VALUE).forEach(want -> {
                if (reader.presence(status.peer(), want.address()).state() == PresenceState.DONT_HAVE) {
                    blocks.put(want.address(), Told.DENIED);
                }
            });
            assertThat(blocks).hasSize((int) (status.haveCount() + status.deniedCount()));
            known.put(status.peer(), blocks);
        }
        return known;
    }

    private static Map<BlockAddress, Told> blockByBlock(PeerPresence presence) {
        Map<BlockAddress, Told> all = new TreeMap<>();
        presence.trees().forEach((tree, told) -> told.forEach((what, ranges) -> ranges.stream()
                .forEach(index -> all.put(new BlockAddress.Leaf(tree, index), what))));
        presence.singles().forEach((cid, what) -> all.put(new BlockAddress.Standalone(cid), what));
        return all;
    }
}
