package dev.peerscope.wire;

/**
 * A part of an array, as two {@code int} in one {@code long}: a value that costs nothing to keep and pass on, where a
 * message has thousands.
 */
public final class Slice {

    /** No slice: the field did not come. */
    public static final long ABSENT = -1;

    private Slice() {}

    /** The bytes from {@code from} (included) to {@code to} (excluded). */
    public static long of(int from, int to) {
        return (long) from << 32 | to;
    }

    /** Where it begins. */
    public static int from(long slice) {
        return (int) (slice >>> 32);
    }

    /** Where it ends, excluded. */
    public static int to(long slice) {
        return (int) slice;
    }

    /** The number of bytes. */
    public static int length(long slice) {
        return to(slice) - from(slice);
    }

    /** Whether the field did not come. */
    public static boolean isAbsent(long slice) {
        return slice == ABSENT;
    }
}
