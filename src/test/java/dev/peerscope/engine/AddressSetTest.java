package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;

class AddressSetTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void itBehavesAsAPlainSetOfAddresses(long seed) {
        var random = new SplittableRandom(seed);
        Set<BlockAddress> plain = new TreeSet<>();
        var set = new AddressSet();
        for (int step = 0; step < 500; step++) {
            BlockAddress address = address(random);
            Set<BlockAddress> others = others(random);
            switch (random.nextInt(4)) {
                case 0 -> assertThat(plain.add(address)).isEqualTo(!addAndTell(set, address));
                case 1 -> {
                    plain.remove(address);
                    set.remove(address);
                }
                case 2 -> {
                    plain.addAll(others);
                    set.addAll(AddressSet.of(others));
                }
                default -> {
                    plain.removeAll(others);
                    set.removeAll(AddressSet.of(others));
                }
            }
            assertSame(set, plain);
            assertAlgebra(set, plain, others);
            assertPart(set, new TreeSet<>(plain), address(random), address(random));
        }
    }

    private static void assertPart(AddressSet set, TreeSet<BlockAddress> plain, BlockAddress one, BlockAddress other) {
        BlockAddress first = one.compareTo(other) < 0 ? one : other;
        BlockAddress last = one.compareTo(other) < 0 ? other : one;
        assertSame(set.between(first, last), plain.subSet(first, true, last, true));
        assertThat(set.hasAnyBetween(first, last)).isEqualTo(!plain.subSet(first, true, last, true).isEmpty());
        if (!plain.isEmpty()) {
            assertThat(set.first()).isEqualTo(plain.first());
            assertThat(set.last()).isEqualTo(plain.last());
        }
    }

    private static boolean addAndTell(AddressSet set, BlockAddress address) {
        boolean before = set.contains(address);
        set.add(address);
        return before;
    }

    private static void assertAlgebra(AddressSet set, Set<BlockAddress> plain, Set<BlockAddress> others) {
        AddressSet other = AddressSet.of(others);
        Set<BlockAddress> both = new TreeSet<>(plain);
        both.retainAll(others);
        Set<BlockAddress> rest = new TreeSet<>(plain);
        rest.removeAll(others);
        assertSame(set.and(other), both);
        assertSame(set.minus(other), rest);
        assertThat(set.intersects(other)).isEqualTo(!both.isEmpty());
    }

    private static void assertSame(AddressSet set, Set<BlockAddress> plain) {
        assertThat(set.toList()).containsExactlyElementsOf(plain);
        assertThat(set.size()).isEqualTo(plain.size());
        assertThat(set.isEmpty()).isEqualTo(plain.isEmpty());
        assertThat(AddressSet.ofSets(set.toBlockSets()).toList()).isEqualTo(set.toList());
        assertThat(set.leaves().values()).noneMatch(leaves -> leaves.isEmpty());
    }

    @Test
    void leavesBeyondTheHighestIndexAreNeverInIt() {
        var beyond = new BlockAddress.Leaf(Letters.TREE, Bitmaps.INDEX_MAX + 1);
        var last = new BlockAddress.Leaf(Letters.TREE, Bitmaps.INDEX_MAX);

        AddressSet set = AddressSet.of(List.of(beyond, last));
        AddressSet ranges = AddressSet.ofSets(
                List.of(new BlockSet.Leaves(Letters.TREE, BlockRanges.of(Bitmaps.INDEX_MAX, Long.MAX_VALUE))));

        assertThat(set.toList()).containsExactly(last);
        assertThat(set.contains(beyond)).isFalse();
        assertThat(ranges.toList()).containsExactly(last);
        assertThat(AddressSet.ofSets(List.of(new BlockSet.Leaves(Letters.TREE,
                BlockRanges.of(1L << 40, 1L << 41)))).isEmpty()).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aWalkVisitsEachAddressOnceInOrder(long seed) {
        var random = new SplittableRandom(seed);
        Set<BlockAddress> plain = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            plain.addAll(others(random));
        }
        var walk = new WantWalk(AddressSet.of(plain));
        List<BlockAddress> visited = new ArrayList<>();
        while (!walk.ended()) {
            int max = 1 + random.nextInt(7);
            AddressSet taken = walk.take(max);
            assertThat(taken.size()).isBetween(1L, (long) max);
            visited.addAll(taken.toList());
        }
        assertThat(visited).containsExactlyElementsOf(plain);
        assertThat(walk.take(1).isEmpty()).isTrue();
    }

    @Test
    void aWalkVisitsWhatLiesAheadOfItWhenItGetsThere() {
        AddressSet set = Letters.set("bdM");
        var walk = new WantWalk(set);
        assertThat(walk.take(1).toList()).isEqualTo(Letters.blocks("b"));

        set.add(Letters.block('a'));
        set.add(Letters.block('c'));
        set.remove(Letters.block('d'));

        assertThat(walk.take(9).toList()).isEqualTo(Letters.blocks("cM"));
        assertThat(walk.ended()).isTrue();
    }

    private static Set<BlockAddress> others(SplittableRandom random) {
        Set<BlockAddress> others = new TreeSet<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            others.add(address(random));
        }
        return others;
    }

    private static BlockAddress address(SplittableRandom random) {
        return random.nextInt(3) == 0
                ? Letters.block((char) ('M' + random.nextInt(6)))
                : new BlockAddress.Leaf(Trees.tree("tree" + random.nextInt(3)), random.nextInt(8));
    }
}
