package dev.peerscope.node;

import java.util.concurrent.TimeUnit;

/** Bytes a second, over the last ten. */
final class RateMeter {

    private static final int SECONDS = 10;

    private final long[] bytes = new long[SECONDS];
    /** The first second is counted from here. */
    private final long start;
    private long second;

    /**
     * @param second
     *            the present second of any clock that does not go back, such as {@link #present()}
     */
    RateMeter(long second) {
        this.start = second;
        this.second = second;
    }

    /** A clock that is never set. */
    static long present() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
    }

    void add(long second, long count) {
        moveTo(second);
        bytes[slot(this.second)] += count;
    }

    /** The mean over the window, or over the time since the start while that is shorter. */
    long perSecond(long second) {
        moveTo(second);
        long sum = 0;
        for (long one : bytes) {
            sum += one;
        }
        return sum / Math.min(SECONDS, this.second - start + 1);
    }

    private void moveTo(long now) {
        for (long next = Math.max(second + 1, now - SECONDS + 1); next <= now; next++) {
            bytes[slot(next)] = 0;
        }
        second = Math.max(second, now);
    }

    private static int slot(long second) {
        return (int) Math.floorMod(second, SECONDS);
    }
}
