package dev.peerscope.engine;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.peer.PeerId;

/**
 * The peers that told us something of one tree, with what they told. Each has a place here for as long as it knows anything, so
 * that what else is kept of it stands still while others come and go; read they are in the order of their ids.
 */
final class SwarmPeers {

    private static final int INITIAL_PEERS = 4;

    /** By place; what they told runs in parallel. */
    private PeerContext[] peers = new PeerContext[INITIAL_PEERS];
    private TreePresence[] presences = new TreePresence[INITIAL_PEERS];
    private final RoaringBitmap places = new RoaringBitmap();
    /** The places, by the ids of the peers. */
    private int[] order = new int[INITIAL_PEERS];
    private int size;

    /** The peer knows something from now on. */
    void insert(PeerContext context, TreePresence presence) {
        if (size == peers.length) {
            peers = Arrays.copyOf(peers, 2 * size);
            presences = Arrays.copyOf(presences, 2 * size);
            order = Arrays.copyOf(order, 2 * size);
        }
        int place = (int) places.nextAbsentValue(0);
        int at = -find(context.peer()) - 1;
        System.arraycopy(order, at, order, at + 1, size - at);
        order[at] = place;
        peers[place] = context;
        presences[place] = presence;
        places.add(place);
        presence.place(place);
        size++;
    }

    /** The peer knows nothing any more. */
    void remove(PeerContext context) {
        int at = find(context.peer());
        int place = order[at];
        size--;
        System.arraycopy(order, at + 1, order, at, size - at);
        Arrays.fill(peers, place, place + 1, null);
        Arrays.fill(presences, place, place + 1, null);
        places.remove(place);
    }

    private int find(PeerId peer) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int comparison = peers[order[middle]].peer().compareTo(peer);
            if (comparison == 0) {
                return middle;
            }
            if (comparison < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    int size() {
        return size;
    }

    /** The place of the peer that is so far down in the order of ids. */
    int place(int rank) {
        return order[rank];
    }

    /** The places of the peers from one on, at most as many as there is room for. Returns how many. */
    int places(int fromRank, int[] into) {
        int count = Math.min(into.length, size - fromRank);
        System.arraycopy(order, fromRank, into, 0, count);
        return count;
    }

    PeerContext peer(int place) {
        return peers[place];
    }

    TreePresence presence(int place) {
        return presences[place];
    }

    /** In the order of their ids. For reading, and only until the next change. */
    List<PeerContext> inOrder() {
        return new AbstractList<>() {

            @Override
            public PeerContext get(int rank) {
                return peers[order[rank]];
            }

            @Override
            public int size() {
                return size;
            }
        };
    }
}
