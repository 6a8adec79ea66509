package dev.peerscope.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.block.InvalidBlockRanges.Reason;

class BlockRangesTest {

    private static final long MAX = Long.MAX_VALUE;

    /** A few seeds for good, and one that is new each time; the name of a failing run shows it. */
    static IntStream seeds() {
        return IntStream.concat(IntStream.range(0, 40), IntStream.of(new Random().nextInt()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverIsAddedInWhateverOrderIsASortedSet(int seed) {
        Random random = new Random(seed);
        TreeSet<Long> model = new TreeSet<>();

        BlockRanges ranges = randomRanges(random, model);

        assertSameAs(model, ranges);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void unionIntersectionAndDifferenceAreThoseOfSets(int seed) {
        Random random = new Random(seed);
        TreeSet<Long> leftModel = new TreeSet<>();
        TreeSet<Long> rightModel = new TreeSet<>();
        BlockRanges left = randomRanges(random, leftModel);
        BlockRanges right = randomRanges(random, rightModel);

        TreeSet<Long> union = new TreeSet<>(leftModel);
        union.addAll(rightModel);
        TreeSet<Long> both = new TreeSet<>(leftModel);
        both.retainAll(rightModel);
        TreeSet<Long> rest = new TreeSet<>(leftModel);
        rest.removeAll(rightModel);

        assertSameAs(union, left.union(right));
        assertSameAs(both, left.intersect(right));
        assertSameAs(rest, left.minus(right));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theTextOfASetReadsAsTheSameSet(int seed) {
        BlockRanges ranges = randomRanges(new Random(seed), new TreeSet<>());

        assertThat(BlockRanges.parse(ranges.toString())).isEqualTo(ranges).hasSameHashCodeAs(ranges);
    }

    private static BlockRanges randomRanges(Random random, TreeSet<Long> model) {
        int bound = 1 + random.nextInt(300);
        boolean ascending = random.nextBoolean();
        List<long[]> added = new ArrayList<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            long first = random.nextInt(bound);
            added.add(new long[]{first, first + (random.nextBoolean() ? 0 : random.nextInt(12))});
        }
        if (ascending) {
            added.sort((a, b) -> Long.compare(a[0], b[0]));
        }
        BlockRanges.Builder builder = BlockRanges.builder();
        for (long[] range : added) {
            builder.add(range[0], range[1]);
            for (long index = range[0]; index <= range[1]; index++) {
                model.add(index);
            }
        }
        return builder.build();
    }

    private static void assertSameAs(TreeSet<Long> model, BlockRanges ranges) {
        assertThat(ranges.stream().boxed()).containsExactlyElementsOf(model);
        assertThat(ranges.count()).isEqualTo(model.size());
        assertThat(ranges.isEmpty()).isEqualTo(model.isEmpty());
        for (long index = 0; index < 330; index++) {
            assertThat(ranges.contains(index)).as("contains %d", index).isEqualTo(model.contains(index));
        }
        for (int i = 0; i < ranges.rangeCount(); i++) {
            assertThat(ranges.first(i)).isLessThanOrEqualTo(ranges.last(i));
            assertThat(i == 0 || ranges.first(i) > ranges.last(i - 1) + 1).as("a gap before range %d", i).isTrue();
        }
        if (!model.isEmpty()) {
            assertThat(ranges.lowest()).isEqualTo(model.first());
            assertThat(ranges.highest()).isEqualTo(model.last());
        }
    }

    @ParameterizedTest
    @CsvSource({"'','',0", "0,0,1", "'0-499,510','0-499,510',501", "'5,4,3',3-5,3", "'1-3,2-9,10',1-10,10",
            "'7,7,7',7,1", "'0-9223372036854775807','0-9223372036854775807',9223372036854775807",
            "'9223372036854775807,9223372036854775806','9223372036854775806-9223372036854775807',2", "'007',7,1"})
    void textIsReadAndWrittenInItsShortestForm(String text, String shortest, long count) {
        BlockRanges ranges = BlockRanges.parse(text);

        assertThat(ranges).hasToString(shortest);
        assertThat(ranges.count()).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({"',',MALFORMED,character 1", "'1,',MALFORMED,character 3", "'1,,2',MALFORMED,character 3",
            "'-',MALFORMED,'-'", "'-5',MALFORMED,-5", "'5-',MALFORMED,5-", "'1-2-3',MALFORMED,1-2-3",
            "'0-499, 510',MALFORMED,' 510'", "'abc',MALFORMED,abc", "'٣',MALFORMED,٣", "'+3',MALFORMED,+3",
            "'9-3',DESCENDING,9-3", "'9223372036854775808',INDEX_TOO_LARGE,9223372036854775808",
            "'0-99999999999999999999',INDEX_TOO_LARGE,0-99999999999999999999"})
    void textThatIsNoSetIsRefusedWithTheRuleAndTheCulprit(String text, Reason reason, String culprit) {
        assertThatExceptionOfType(InvalidBlockRanges.class).isThrownBy(() -> BlockRanges.parse(text))
                .withMessageContaining(culprit)
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void noMoreRangesAreReadThanAllowed() {
        assertThat(BlockRanges.parse("1,3,5", 3).rangeCount()).isEqualTo(3);
        assertThatExceptionOfType(InvalidBlockRanges.class).isThrownBy(() -> BlockRanges.parse("1,3,5,7", 3))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_RANGES));
    }

    @Test
    void aLongCulpritIsCutInTheMessage() {
        String text = "x".repeat(1_000_000);

        assertThatExceptionOfType(InvalidBlockRanges.class).isThrownBy(() -> BlockRanges.parse(text))
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(200));
    }

    @Test
    void theHighestIndexBelongsToASetLikeAnyOther() {
        BlockRanges all = BlockRanges.of(0, MAX);
        BlockRanges highest = BlockRanges.ofIndex(MAX);

        assertThat(all.minus(highest)).isEqualTo(BlockRanges.of(0, MAX - 1));
        assertThat(all.minus(all)).isEqualTo(BlockRanges.EMPTY);
        assertThat(highest.union(BlockRanges.of(0, MAX - 1))).isEqualTo(all);
        assertThat(highest.intersect(all)).isEqualTo(highest);
        assertThat(highest.minus(BlockRanges.ofIndex(3))).isEqualTo(highest);
        assertThat(all.contains(MAX)).isTrue();
        assertThat(BlockRanges.builder().add(MAX).add(5).add(MAX - 1).build())
                .hasToString("5," + (MAX - 1) + "-" + MAX);
    }

    @Test
    void aTruncatedSetKeepsItsFirstRanges() {
        BlockRanges ranges = BlockRanges.parse("1-2,5,9-10");

        assertThat(ranges.truncated(2)).hasToString("1-2,5");
        assertThat(ranges.truncated(0)).isEqualTo(BlockRanges.EMPTY);
        assertThat(ranges.truncated(3)).isSameAs(ranges);
    }

    @Test
    void rangesAreHandedOverInAscendingOrder() {
        List<String> seen = new ArrayList<>();

        BlockRanges.parse("9,0-3,5-6").forEachRange((first, last) -> seen.add(first + ".." + last));

        assertThat(seen).containsExactly("0..3", "5..6", "9..9");
    }

    @Test
    void aBuilderGoesOnAfterItHasBuilt() {
        BlockRanges.Builder builder = BlockRanges.builder().add(4).add(1);
        BlockRanges before = builder.build();

        BlockRanges after = builder.add(2, 3).build();

        assertThat(before).hasToString("1,4");
        assertThat(after).hasToString("1-4");
    }

    @Test
    void aMillionScatteredIndicesInReverseAreCollected() {
        BlockRanges.Builder builder = BlockRanges.builder();
        for (long index = 2_000_000; index > 0; index -= 2) {
            builder.add(index);
        }
        BlockRanges ranges = builder.build();

        assertThat(ranges.count()).isEqualTo(1_000_000);
        assertThat(ranges.rangeCount()).isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void aNegativeIndexIsRefused(long index) {
        assertThatIllegalArgumentException().isThrownBy(() -> BlockRanges.ofIndex(index));
        assertThatIllegalArgumentException().isThrownBy(() -> BlockRanges.builder().add(index));
    }

    @Test
    void aRangeThatEndsBeforeItStartsIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> BlockRanges.of(5, 4)).withMessageContaining("5-4");
    }

    @Test
    void theEmptySetHasNeitherALowestNorAHighest() {
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(BlockRanges.EMPTY::lowest);
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(BlockRanges.EMPTY::highest);
        assertThat(BlockRanges.EMPTY.contains(0)).isFalse();
    }
}
