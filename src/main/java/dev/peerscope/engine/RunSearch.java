package dev.peerscope.engine;

import org.roaringbitmap.RunContainer;

/**
 * Looks for one leaf in the runs of many containers. A step by halves is taken in all of them before the next is taken in any: each
 * step waits for the memory, and so they wait together.
 */
final class RunSearch {

    private final RunContainer[] containers;
    /** Where what is found in a container is to be noted. */
    private final int[] notedAt;
    /** The last run that is known not to begin after the leaf, or the first of all. */
    private final int[] at;
    /** So many runs from there on are in question. */
    private final int[] left;
    private int used;

    /** @param containersMax containers to be searched together at most */
    RunSearch(int containersMax) {
        this.containers = new RunContainer[containersMax];
        this.notedAt = new int[containersMax];
        this.at = new int[containersMax];
        this.left = new int[containersMax];
    }

    /** One more container to be searched. */
    void add(RunContainer container, int noteAt) {
        containers[used] = container;
        notedAt[used] = noteAt;
        used++;
    }

    /** Notes for each container that was added since the last search whether it has the leaf, given by its lower half. */
    void search(char leaf, boolean[] found) {
        int most = 0;
        for (int i = 0; i < used; i++) {
            at[i] = 0;
            left[i] = containers[i].numberOfRuns();
            most = Math.max(most, left[i]);
        }
        for (; most > 1; most -= most >>> 1) {
            for (int i = 0; i < used; i++) {
                int half = left[i] >>> 1;
                at[i] += containers[i].getValue(at[i] + half) <= leaf ? half : 0;
                left[i] -= half;
            }
        }
        for (int i = 0; i < used; i++) {
            int begins = containers[i].getValue(at[i]);
            found[notedAt[i]] = begins <= leaf && leaf <= begins + containers[i].getLength(at[i]);
        }
        used = 0;
    }
}
