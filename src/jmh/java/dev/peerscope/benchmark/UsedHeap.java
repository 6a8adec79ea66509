package dev.peerscope.benchmark;

/** How much of the heap is in use by what can be reached: what is left after collections that are asked for. */
public final class UsedHeap {

    private static final int COLLECTIONS = 3;

    private UsedHeap() {}

    public static long bytes() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
