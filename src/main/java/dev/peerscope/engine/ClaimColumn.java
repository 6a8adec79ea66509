package dev.peerscope.engine;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.roaringbitmap.Container;
import org.roaringbitmap.RunContainer;

/** The containers of one stretch of a tree, by the places of the peers that have or deny leaves there. */
final class ClaimColumn {

    /** Stands for every container that has all leaves: most have, and this one is always at hand. */
    private static final RunContainer FULL = RunContainer.full();

    /** Of leaves that are had; kept by kind, so that to know the kind no container has to be touched. */
    private RunContainer[] runs = {};
    private Container[] others = {};
    /** Of leaves that are denied. */
    private Container[] denied = {};

    void growTo(int places) {
        if (runs.length < places) {
            runs = Arrays.copyOf(runs, places);
            others = Arrays.copyOf(others, places);
            denied = Arrays.copyOf(denied, places);
        }
    }

    /** The peer has these leaves here. */
    void had(int place, @Nullable Container leaves) {
        if (leaves instanceof RunContainer ofRuns) {
            set(runs, place, ofRuns.isFull() ? FULL : ofRuns);
            set(others, place, null);
        } else {
            set(runs, place, null);
            set(others, place, leaves);
        }
    }

    /** The peer denied these leaves here. */
    void denied(int place, @Nullable Container leaves) {
        set(denied, place, leaves);
    }

    private static <C extends Container> void set(C[] cells, int place, @Nullable C container) {
        if (place < cells.length) {
            Arrays.fill(cells, place, place + 1, container);
        }
    }

    /** Notes for each of so many peers whether it has a leaf, given by its lower half; the same leaf in all of a search. */
    @SuppressWarnings("ReferenceEquality") // comparing what they hold would be the very search that this one saves
    void find(char leaf, int[] places, int count, RunSearch search, boolean[] found) {
        for (int i = 0; i < count; i++) {
            int place = places[i];
            RunContainer container = runs[place];
            if (container == null) {
                Container other = others[place];
                found[i] = other != null && other.contains(leaf);
            } else if (container == FULL) {
                found[i] = true;
            } else {
                search.add(container, i);
            }
        }
        search.search(leaf, found);
    }

    boolean isDenied(char leaf, int place) {
        Container container = denied[place];
        return container != null && container.contains(leaf);
    }
}
