package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;

class SingleNumbersTest {

    private final SingleNumbers numbers = new SingleNumbers();

    @Test
    void aNumberIsUsedAgainWhenItsBlockIsNotWantedAnyMore() {
        List<Cid> cids = begin(3);
        Cid other = cid(100);

        numbers.end(cids.get(1));
        numbers.begin(other);

        assertThat(numbers.of(other)).hasValue(1);
        assertThat(numbers.cid(1)).isEqualTo(other);
        assertThat(numbers.of(cids.get(1))).isEmpty();
        assertThat(numbers.all()).isEqualTo(RoaringBitmap.bitmapOf(0, 1, 2));
    }

    @Test
    void aBlockThatIsWantedTwiceKeepsItsNumber() {
        List<Cid> cids = begin(2);

        numbers.begin(cids.getFirst());

        assertThat(numbers.of(cids.getFirst())).hasValue(0);
        assertThat(numbers.all().getCardinality()).isEqualTo(2);
    }

    @Test
    void onlyBlocksThatAreWantedHaveNumbers() {
        List<Cid> cids = begin(5);

        assertThat(numbers.of(new TreeSet<>(cids))).isEqualTo(numbers.all());
        assertThat(numbers.of(new TreeSet<>(List.of(cids.get(3), cid(100))))).isEqualTo(RoaringBitmap.bitmapOf(3));
    }

    /** Few of many are sorted, most of many are found by going through all. */
    @ParameterizedTest(name = "every {0}th")
    @ValueSource(ints = {1, 2, 7})
    void pagesOfSomeBlocksFollowEachOtherInTheOrderOfCids(int nth) {
        List<Cid> cids = begin(10_000);
        var some = new RoaringBitmap();
        IntStream.range(0, cids.size()).filter(number -> number % nth == 0).forEach(some::add);

        List<Cid> read = new ArrayList<>();
        Optional<Cid> last = Optional.empty();
        for (List<Cid> page = page(some, last); !page.isEmpty(); page = page(some, last)) {
            read.addAll(page);
            last = Optional.of(page.getLast());
        }
        assertThat(read).isEqualTo(some.stream().mapToObj(cids::get).sorted().toList());
    }

    private List<Cid> page(RoaringBitmap some, Optional<Cid> after) {
        return numbers.inOrder(some, after).limit(997).toList();
    }

    private List<Cid> begin(int count) {
        List<Cid> cids = IntStream.range(0, count).mapToObj(SingleNumbersTest::cid).toList();
        cids.forEach(numbers::begin);
        return cids;
    }

    private static Cid cid(int number) {
        return Letters.cid(CodexCodec.BLOCK, "single " + number);
    }
}
