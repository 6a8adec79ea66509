package dev.peerscope.engine;

import java.util.Arrays;

import org.roaringbitmap.ArrayContainer;
import org.roaringbitmap.BitmapContainer;
import org.roaringbitmap.Container;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.RunContainer;

/**
 * Makes a bitmap of ranges that ascend and do not touch. Each stretch of 65,536 indices becomes a container at once, in the form
 * that suits it; adding range by range would make each of them many times over.
 */
final class BitmapBuilder {

    private static final int STRETCH = 1 << Character.SIZE;
    private static final int ARRAY_MAX = 4_096;
    /** Runs are slower to join with other containers than indices are, so they must be worth it. */
    private static final int INDICES_PER_RUN = 8;

    private final RoaringBitmap bitmap = new RoaringBitmap();
    /** Of the stretch at hand, the first index of each run and the number of indices that follow it. */
    private char[] runs;
    private int runCount;
    private int indices;
    private int stretch;

    /** @param ranges as many as will be added, or fewer */
    BitmapBuilder(int ranges) {
        this.runs = new char[2 * Math.clamp(ranges, 1, STRETCH / 2)];
    }

    /** The next range; both ends are included. */
    void add(long first, long last) {
        long from = first;
        while (from <= last) {
            int of = (int) (from / STRETCH);
            if (of != stretch) {
                endStretch();
                stretch = of;
            }
            long to = Math.min(last, (of + 1L) * STRETCH - 1);
            addRun((int) (from % STRETCH), (int) (to - from));
            from = to + 1;
        }
    }

    private void addRun(int first, int following) {
        if (2 * runCount == runs.length) {
            runs = Arrays.copyOf(runs, 2 * runs.length);
        }
        runs[2 * runCount] = (char) first;
        runs[2 * runCount + 1] = (char) following;
        runCount++;
        indices += following + 1;
    }

    /** The bitmap of everything that was added. */
    RoaringBitmap build() {
        endStretch();
        return bitmap;
    }

    private void endStretch() {
        if (runCount > 0) {
            bitmap.append((char) stretch, container());
            runCount = 0;
            indices = 0;
        }
    }

    private Container container() {
        if (runCount * INDICES_PER_RUN <= indices) {
            return new RunContainer(Arrays.copyOf(runs, 2 * runCount), runCount);
        }
        return indices <= ARRAY_MAX ? array() : words();
    }

    private Container array() {
        char[] values = new char[indices];
        int filled = 0;
        for (int run = 0; run < runCount; run++) {
            char value = runs[2 * run];
            for (int i = runs[2 * run + 1]; i >= 0; i--) {
                values[filled++] = value++;
            }
        }
        return new ArrayContainer(values);
    }

    private Container words() {
        long[] words = new long[STRETCH / Long.SIZE];
        for (int run = 0; run < runCount; run++) {
            int first = runs[2 * run];
            int last = first + runs[2 * run + 1];
            for (int word = first / Long.SIZE; word <= last / Long.SIZE; word++) {
                long from = word == first / Long.SIZE ? -1L << first : -1L;
                long to = word == last / Long.SIZE ? -1L >>> (Long.SIZE - 1 - last % Long.SIZE) : -1L;
                words[word] |= from & to;
            }
        }
        return new BitmapContainer(words, indices);
    }
}
