package dev.peerscope.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.roaringbitmap.Container;
import org.roaringbitmap.ContainerPointer;
import org.roaringbitmap.RoaringBitmap;

/**
 * What all peers claim of one tree, turned round: for each stretch of 65,536 leaves a {@link ClaimColumn} with the containers of
 * all peers side by side, by the places of the peers. A question about a leaf goes down one column, where the way through the
 * have-sets takes eight steps at each peer, each found by the one before.
 *
 * <p>The containers are those of the have-sets and are only read here. A bitmap that is changed may put another container in the
 * place of one, so every change is followed.
 */
final class ClaimColumns {

    private static final int INITIAL_PLACES = 4;

    /** By stretch. */
    private final Map<Integer, ClaimColumn> columns = new HashMap<>();
    /** By place, the claim of the leaves that are had, if any are; equal claims are one object as a rule. */
    private Claim[] haves = new Claim[INITIAL_PLACES];
    /** By place, whether leaves are had at several prices: then only the have-set tells which. */
    private boolean[] mixed = new boolean[INITIAL_PLACES];
    /** By place, whether all leaves that we want are known: those that are not had are denied. */
    private boolean[] whole = new boolean[INITIAL_PLACES];
    private Claim latest = Claim.UNKNOWN;

    /** What the peer at a place claims of these leaves has changed. */
    void changed(int place, ClaimedLeaves claims, RoaringBitmap leaves) {
        growTo(place + 1);
        boolean wasMixed = mixed[place];
        mixed[place] = claims.priceCount() > 1;
        if (!mixed[place]) {
            RoaringBitmap had = claims.had();
            if (!had.isEmpty()) {
                haves[place] = shared(claims.first());
            }
            follow(had, wasMixed ? had : leaves, (column, container) -> column.had(place, container));
        } else if (!wasMixed) {
            columns.values().forEach(column -> column.had(place, null));
        }
        follow(claims.denied(), leaves, (column, container) -> column.denied(place, container));
    }

    private void growTo(int places) {
        if (haves.length < places) {
            haves = Arrays.copyOf(haves, Math.max(2 * haves.length, places));
            mixed = Arrays.copyOf(mixed, haves.length);
            whole = Arrays.copyOf(whole, haves.length);
        }
    }

    private Claim shared(Claim claim) {
        if (!latest.equals(claim)) {
            latest = claim;
        }
        return latest;
    }

    /** Hands on what stands for these leaves in a bitmap, stretch by stretch. */
    private void follow(RoaringBitmap bitmap, RoaringBitmap leaves, Cell cell) {
        ContainerPointer changed = leaves.getContainerPointer();
        ContainerPointer at = bitmap.getContainerPointer();
        while (changed.getContainer() != null) {
            while (at.getContainer() != null && at.key() < changed.key()) {
                at.advance();
            }
            boolean isThere = at.getContainer() != null && at.key() == changed.key();
            ClaimColumn column = columns.computeIfAbsent((int) changed.key(), _ -> new ClaimColumn());
            column.growTo(haves.length);
            cell.put(column, isThere ? at.getContainer() : null);
            changed.advance();
        }
    }

    /** Whether all leaves that we want are known of the peer at a place. */
    void whole(int place, boolean is) {
        whole[place] = is;
    }

    /** The peer at a place is gone. */
    void left(int place) {
        mixed[place] = false;
        whole[place] = false;
        columns.values().forEach(column -> {
            column.had(place, null);
            column.denied(place, null);
        });
    }

    /**
     * What peers claim of one leaf. For reading, and only until the next change.
     *
     * @param together
     *            peers that are looked at together at most
     */
    Reading read(int index, int together) {
        return new Reading(index, together);
    }

    /** Takes a container, or null for none, into a column. */
    @FunctionalInterface
    private interface Cell {

        void put(ClaimColumn column, @Nullable Container container);
    }

    /** A walk down one column. */
    final class Reading {

        private final int index;
        private final ClaimColumn column;
        private final RunSearch search;
        private final boolean[] found;

        private Reading(int index, int together) {
            this.index = index;
            this.column = columns.getOrDefault(index >>> Character.SIZE, new ClaimColumn());
            this.search = new RunSearch(together);
            this.found = new boolean[together];
            column.growTo(haves.length);
        }

        /** Finds what the peers at so many places claim. */
        void claims(int[] places, int count, SwarmPeers peers, Claim[] claims) {
            column.find((char) index, places, count, search, found);
            for (int i = 0; i < count; i++) {
                int place = places[i];
                if (mixed[place]) {
                    claims[i] = peers.presence(place).claims().claimOf(index);
                } else if (found[i]) {
                    claims[i] = haves[place];
                } else {
                    claims[i] = whole[place] || column.isDenied((char) index, place) ? Claim.DENIED : Claim.UNKNOWN;
                }
            }
        }
    }
}
