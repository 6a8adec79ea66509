package dev.peerscope.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.Cid;

/**
 * Numbers of the single blocks that we want. What peers say of these is kept by number, like the leaves of one more tree: a bit
 * for each peer and block, and the CID once for all of them. A number is used again when its want has ended.
 */
final class SingleNumbers {

    /** So many are rather sorted than looked for among all. */
    private static final int SORTED_MAX = 4_096;

    private final NavigableMap<Cid, Integer> byCid = new TreeMap<>();
    private final List<@Nullable Cid> byNumber = new ArrayList<>();
    private final RoaringBitmap all = new RoaringBitmap();

    /** This block is wanted from now on. */
    void begin(Cid cid) {
        if (!byCid.containsKey(cid)) {
            int number = (int) all.nextAbsentValue(0);
            all.add(number);
            byCid.put(cid, number);
            if (number == byNumber.size()) {
                byNumber.add(cid);
            } else {
                byNumber.set(number, cid);
            }
        }
    }

    /** This block is not wanted any more, and nothing is known of it. */
    void end(Cid cid) {
        Integer number = byCid.remove(cid);
        if (number != null) {
            all.remove(number);
            byNumber.set(number, null);
        }
    }

    /** The number of a block that is wanted. */
    OptionalInt of(Cid cid) {
        Integer number = byCid.get(cid);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** The numbers of those of the blocks that are wanted. */
    RoaringBitmap of(NavigableSet<Cid> cids) {
        if (cids.size() == byCid.size() && cids.equals(byCid.keySet())) {
            return all;
        }
        var numbers = new RoaringBitmap();
        cids.forEach(cid -> of(cid).ifPresent(numbers::add));
        return numbers;
    }

    /** All numbers in use. For reading, and only until the next change. */
    RoaringBitmap all() {
        return all;
    }

    /** The block of a number in use. */
    Cid cid(int number) {
        return Objects.requireNonNull(byNumber.get(number));
    }

    /** The blocks of these numbers, in the order of their CIDs, beginning after one of them. */
    Stream<Cid> inOrder(RoaringBitmap numbers, Optional<Cid> after) {
        if (numbers.getLongCardinality() <= SORTED_MAX) {
            Stream<Cid> cids = numbers.stream().mapToObj(this::cid);
            return after.map(last -> cids.filter(cid -> cid.compareTo(last) > 0)).orElse(cids).sorted();
        }
        return after.map(last -> byCid.tailMap(last, false)).orElse(byCid).entrySet().stream()
                .filter(entry -> numbers.contains(entry.getValue())).map(Map.Entry::getKey);
    }
}
