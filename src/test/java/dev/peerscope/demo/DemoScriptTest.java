package dev.peerscope.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import dev.peerscope.block.BlockRanges;

class DemoScriptTest {

    private static final List<Integer> BLOCK_COUNTS = List.of(187, 166);
    private static final int ROUNDS = 20;

    /** A peer and a dataset. */
    private record Shelf(int peer, int dataset) {}

    @Test
    void theSameSeedGivesTheSamePlay() {
        var one = new DemoScript(settings(8, 5), BLOCK_COUNTS);
        var same = new DemoScript(settings(8, 5), BLOCK_COUNTS);
        var other = new DemoScript(settings(8, 6), BLOCK_COUNTS);
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(one.nextRound()).isEqualTo(same.nextRound()).isNotEqualTo(other.nextRound());
        }
    }

    @ParameterizedTest(name = "seed {0}, {1} peers")
    @MethodSource("plays")
    void everyKindOfActComesWithinAMinute(long seed, int peers) {
        var script = new DemoScript(settings(peers, seed), BLOCK_COUNTS);

        var cues = script.nextRound();

        var kinds = new HashSet<Class<?>>();
        cues.stream().filter(cue -> cue.at().compareTo(Duration.ofMinutes(1)) < 0)
                .forEach(cue -> kinds.add(cue.act().getClass()));
        assertThat(kinds).containsAll(allKinds());
    }

    @ParameterizedTest(name = "seed {0}, {1} peers")
    @MethodSource("plays")
    void aRoundKeepsWithinItsTime(long seed, int peers) {
        var settings = settings(peers, seed);
        var script = new DemoScript(settings, BLOCK_COUNTS);
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(script.nextRound()).extracting(Cue::at).isSortedAccordingTo(Comparator.naturalOrder())
                    .allMatch(at -> !at.isNegative() && at.compareTo(settings.pace()) <= 0);
        }
    }

    @ParameterizedTest(name = "seed {0}, {1} peers")
    @MethodSource("plays")
    void aPeerActsOnlyWhileItHasJoinedAndAllAreThereAtTheEndOfARound(long seed, int peers) {
        var script = new DemoScript(settings(peers, seed), BLOCK_COUNTS);
        var joined = new HashSet<Integer>();
        var silent = new HashSet<Integer>();
        for (int round = 0; round < ROUNDS; round++) {
            script.nextRound().forEach(cue -> {
                switch (cue.act()) {
                    case DemoAct.PeerJoins(var peer) -> assertThat(joined.add(peer)).isTrue();
                    case DemoAct.PeerLeaves(var peer) -> assertThat(joined.remove(peer)).isTrue();
                    case DemoAct.PeerFallsSilent(var peer) -> assertThat(silent.add(peer)).isTrue();
                    case DemoAct.PeerSpeaksAgain(var peer) -> assertThat(silent.remove(peer)).isTrue();
                    case DemoAct.PeerReprices(var peer, _) -> assertThat(silent).doesNotContain(peer);
                    case DemoAct.OfPeer act -> assertThat(joined).contains(act.peer());
                    case DemoAct.OfInspected _ -> {
                        // Is always there.
                    }
                }
            });
            assertThat(joined).hasSize(peers);
            assertThat(silent).isEmpty();
        }
    }

    @ParameterizedTest(name = "seed {0}, {1} peers")
    @MethodSource("plays")
    void nothingIsLostToTheSwarmAndNobodyHoldsEverythingOrNothing(long seed, int peers) {
        var script = new DemoScript(settings(peers, seed), BLOCK_COUNTS);
        for (int round = 0; round < ROUNDS; round++) {
            for (int dataset = 0; dataset < BLOCK_COUNTS.size(); dataset++) {
                var all = BlockRanges.of(0, BLOCK_COUNTS.get(dataset) - 1L);
                var held = BlockRanges.EMPTY;
                for (int peer = 0; peer < peers; peer++) {
                    assertThat(script.holds(peer, dataset)).isNotEqualTo(all).isNotEqualTo(BlockRanges.EMPTY);
                    held = held.union(script.holds(peer, dataset));
                }
                assertThat(held).isEqualTo(all);
            }
            script.nextRound();
        }
    }

    @ParameterizedTest(name = "seed {0}, {1} peers")
    @MethodSource("plays")
    void whatTheScriptSaysThatPeersHoldFollowsFromItsActs(long seed, int peers) {
        var script = new DemoScript(settings(peers, seed), BLOCK_COUNTS);
        Map<Shelf, BlockRanges> held = new HashMap<>();
        for (int peer = 0; peer < peers; peer++) {
            for (int dataset = 0; dataset < BLOCK_COUNTS.size(); dataset++) {
                held.put(new Shelf(peer, dataset), script.holds(peer, dataset));
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            script.nextRound().forEach(cue -> {
                switch (cue.act()) {
                    case DemoAct.PeerGains(var peer, var blocks) -> held.merge(shelf(peer, blocks), blocks.ranges(),
                            BlockRanges::union);
                    case DemoAct.PeerFetches(var peer, var blocks) -> held.merge(shelf(peer, blocks), blocks.ranges(),
                            BlockRanges::union);
                    case DemoAct.PeerLoses(var peer, var blocks) -> held.merge(shelf(peer, blocks), blocks.ranges(),
                            BlockRanges::minus);
                    case DemoAct _ -> {
                        // Changes nothing that a peer holds.
                    }
                }
            });
        }
        assertThat(held).allSatisfy((shelf, ranges) -> assertThat(ranges)
                .isEqualTo(script.holds(shelf.peer, shelf.dataset)));
    }

    @Test
    void aFileOfOneBlockIsPlayedWithToo() {
        var script = new DemoScript(settings(6, 1), List.of(47, 1));
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(script.nextRound()).isNotEmpty();
        }
    }

    private static Stream<Arguments> plays() {
        return LongStream.range(0, 25).boxed()
                .flatMap(seed -> Stream.of(6, 8, 10, 50).map(peers -> Arguments.of(seed, peers)));
    }

    private static Shelf shelf(int peer, DemoBlocks blocks) {
        return new Shelf(peer, blocks.dataset());
    }

    private static DemoSettings settings(int peers, long seed) {
        return new DemoSettings(peers, 256, Duration.ofSeconds(40), seed, Optional.empty());
    }

    private static Set<Class<?>> allKinds() {
        var kinds = new HashSet<Class<?>>(List.of(DemoAct.OfPeer.class.getPermittedSubclasses()));
        kinds.addAll(List.of(DemoAct.OfInspected.class.getPermittedSubclasses()));
        return kinds;
    }
}
