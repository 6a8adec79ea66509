package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.engine.EngineReader.CopiesInBucket;
import dev.peerscope.engine.EngineReader.TreeAvailability;
import dev.peerscope.engine.EngineReader.TreeStatus;

class TreeCopiesTest {

    private static final OptionalLong UNKNOWN = OptionalLong.empty();

    private final TestNode node = new TestNode();

    @Test
    void bucketsTellTheFewestTheMeanAndTheMostCopies() {
        node.watches("w", "abcdef");
        node.connects("alice").has("abcdef");
        node.connects("bob").has("abd");
        node.connects("carol").has("a").denies("b");

        TreeAvailability availability = availability(OptionalLong.of(6), 3, 9);

        assertThat(availability.buckets()).containsExactly(new CopiesInBucket(0, 1, 2, 2.5, 3),
                new CopiesInBucket(2, 3, 1, 1.5, 2), new CopiesInBucket(4, 5, 1, 1, 1));
        assertThat(availability.distributedCopies()).isEqualTo(1.5, within(1e-9));
        assertThat(availability.seeders()).isEqualTo(1);
        assertThat(availability.unavailable()).isEqualTo(BlockRanges.EMPTY);
    }

    @Test
    void whatNobodyHasIsToldAsRangesThatAreCut() {
        node.watches("w", "abcdefg");
        node.connects("alice").has("be").denies("a");

        TreeAvailability all = availability(OptionalLong.of(7), 1, 3);
        TreeAvailability cut = availability(OptionalLong.of(7), 1, 2);

        assertThat(all.unavailable()).isEqualTo(BlockRanges.parse("0,2-3,5-6"));
        assertThat(all.unavailableTruncated()).isFalse();
        assertThat(cut.unavailable()).isEqualTo(BlockRanges.parse("0,2-3"));
        assertThat(cut.unavailableTruncated()).isTrue();
        assertThat(cut.seeders()).isZero();
    }

    @Test
    void thereAreNeverMoreBucketsThanLeaves() {
        node.watches("w", "abc");

        assertThat(availability(OptionalLong.of(3), 100, 9).buckets()).hasSize(3)
                .allMatch(bucket -> bucket.first() == bucket.last() && bucket.max() == 0);
    }

    @Test
    void withoutANumberOfLeavesThoseThatWeWantOrHoldCount() {
        node.watches("w", "cde");
        node.holds("z");
        node.connects("alice").has("cde");

        TreeAvailability availability = availability(UNKNOWN, 2, 9);

        assertThat(availability.buckets()).containsExactly(new CopiesInBucket(2, 3, 1, 1, 1),
                new CopiesInBucket(4, 25, 0, 0.5, 1));
        assertThat(availability.unavailable()).isEqualTo(BlockRanges.parse("25"));
    }

    @Test
    void seedersHaveAllThatIsInQuestionWhateverWeWant() {
        node.watches("w", "abcd");
        node.connects("alice").has("abcd");
        node.connects("bob").has("abc").denies("d");
        node.connects("carol").has("abc");

        assertThat(availability(OptionalLong.of(4), 1, 1).seeders()).isEqualTo(1);
        assertThat(availability(OptionalLong.of(3), 1, 1).seeders()).as("of a part").isEqualTo(3);
        assertThat(availability(OptionalLong.of(5), 1, 1).seeders()).as("nothing is known of e").isZero();
        node.watches("v", "e");
        assertThat(availability(OptionalLong.of(5), 1, 1).seeders()).as("of one leaf more").isZero();
        node.releases("v");
        node.watches("v", "abc");
        node.releases("w");
        assertThat(availability(OptionalLong.of(3), 1, 1).seeders()).as("when a want has ended").isEqualTo(3);
    }

    @Test
    void aTreeTellsWhatIsHeldAndHowManyPeersHaveAnyOfIt() {
        node.watches("w", "abcd");
        node.holds("ab");
        node.connects("alice").has("abc");
        node.connects("bob").denies("a");

        assertThat(node.reader().tree(Letters.TREE, OptionalLong.of(4))).isEqualTo(new TreeStatus(2, 1, 0.75));
        assertThat(node.reader().tree(Trees.tree("other"), UNKNOWN)).isEqualTo(new TreeStatus(0, 0, 0));
    }

    @Test
    void pagesOfHeldTreesFollowEachOtherInOrder() {
        node.holds("aM");
        node.when(new EngineInput.BlocksStored(Trees.leaves("one", 0, 3)));
        node.when(new EngineInput.BlocksStored(Trees.leaves("two", 5, 5)));

        var first = node.reader().heldTrees(Optional.empty(), 2);
        var rest = node.reader().heldTrees(Optional.of(first.getLast()), 2);

        assertThat(first).hasSize(2).isSorted();
        assertThat(rest).hasSize(1).allMatch(tree -> tree.compareTo(first.getLast()) > 0);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void bucketsSayWhatCountingOneByOneFinds(long seed) {
        var random = new SplittableRandom(seed);
        int[] leaves = IntStream.range(0, 200_000).filter(_ -> random.nextInt(400) < 3).toArray();
        int[] copies = new int[leaves.length];
        var counts = new CopyCounts();
        for (int peer = 0; peer < 12; peer++) {
            int percent = random.nextInt(4) == 0 ? 100 : random.nextInt(100);
            var has = RoaringBitmap.bitmapOf(leaves[0] + 1);
            for (int rank = 0; rank < leaves.length; rank++) {
                if (random.nextInt(100) < percent) {
                    has.add(leaves[rank]);
                    copies[rank]++;
                }
            }
            counts.add(has, Long.MAX_VALUE);
        }
        int buckets = 1 + random.nextInt(50);

        var availability = new TreeCopies(RoaringBitmap.bitmapOf(leaves), counts).availability(buckets, 10_000, 0);

        assertThat(availability.buckets()).hasSize(buckets);
        int rank = 0;
        for (CopiesInBucket bucket : availability.buckets()) {
            int from = rank;
            while (rank < leaves.length && leaves[rank] <= bucket.last()) {
                rank++;
            }
            var counted = Arrays.stream(copies, from, rank).summaryStatistics();
            assertThat(bucket).isEqualTo(new CopiesInBucket(leaves[from], leaves[rank - 1], counted.getMin(),
                    counted.getAverage(), counted.getMax()));
            assertThat(rank - from).isBetween(leaves.length / buckets, leaves.length / buckets + 1);
        }
        assertThat(rank).isEqualTo(leaves.length);
        var nowhere = BlockRanges.builder();
        IntStream.range(0, leaves.length).filter(i -> copies[i] == 0).forEach(i -> nowhere.add(leaves[i], leaves[i]));
        assertThat(availability.unavailable()).isEqualTo(nowhere.build());
    }

    private TreeAvailability availability(OptionalLong leafCount, int bucketsMax, int rangesMax) {
        return node.reader().availability(Letters.TREE, leafCount, bucketsMax, rangesMax);
    }
}
