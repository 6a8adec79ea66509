package dev.peerscope.engine;

import org.roaringbitmap.BitmapContainer;
import org.roaringbitmap.CharIterator;
import org.roaringbitmap.Container;
import org.roaringbitmap.ContainerPointer;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.RunContainer;
import dev.peerscope.block.BlockRanges;

/** Reads the ranges of a bitmap, container by container: each kind of container knows its ranges in another way. */
final class BitmapRanges {

    private static final int STRETCH = 1 << Character.SIZE;
    /** Those of a message in which each leaf is had or denied by a coin. */
    private static final int RANGES_EXPECTED = 256;

    private final BlockRanges.Builder ranges;
    private final long fromIndex;
    private final int rangesMax;
    private int complete;
    /** The range that may go on; none while {@code last} is -1. */
    private long first;
    private long last = -1;

    /**
     * @param fromIndex
     *            ranges begin at or after this index
     * @param rangesMax
     *            so many ranges at most
     */
    BitmapRanges(long fromIndex, int rangesMax) {
        this.ranges = BlockRanges.builder(Math.min(rangesMax, RANGES_EXPECTED));
        this.fromIndex = fromIndex;
        this.rangesMax = rangesMax;
    }

    BlockRanges read(RoaringBitmap bitmap) {
        ContainerPointer containers = bitmap.getContainerPointer();
        for (Container container = containers.getContainer(); container != null
                && complete < rangesMax; container = containers.getContainer()) {
            long base = (long) containers.key() * STRETCH;
            if (base + STRETCH > fromIndex) {
                read(container, base);
            }
            containers.advance();
        }
        endRange();
        return ranges.build();
    }

    private void read(Container container, long base) {
        switch (container) {
            case RunContainer runs -> readRuns(runs, base);
            case BitmapContainer bits -> readBits(bits, base);
            default -> readIndices(container, base);
        }
    }

    private void readRuns(RunContainer runs, long base) {
        for (int i = 0; i < runs.numberOfRuns() && complete < rangesMax; i++) {
            add(base + runs.getValue(i), base + runs.getValue(i) + runs.getLength(i));
        }
    }

    private void readBits(BitmapContainer bits, long base) {
        int from = bits.nextValue((char) Math.max(0, fromIndex - base));
        while (from >= 0 && complete < rangesMax) {
            int end = bits.nextAbsentValue((char) from);
            add(base + from, base + end - 1);
            from = end < STRETCH ? bits.nextValue((char) end) : -1;
        }
    }

    private void readIndices(Container indices, long base) {
        CharIterator each = indices.getCharIterator();
        while (each.hasNext() && complete < rangesMax) {
            long index = base + each.nextAsInt();
            add(index, index);
        }
    }

    private void add(long from, long to) {
        if (to < fromIndex) {
            return;
        }
        if (last >= 0 && from == last + 1) {
            last = to;
            return;
        }
        endRange();
        first = Math.max(from, fromIndex);
        last = to;
    }

    private void endRange() {
        if (last >= 0 && complete < rangesMax) {
            ranges.add(first, last);
            complete++;
        }
        last = -1;
    }
}
