package dev.peerscope.engine;

import java.util.Arrays;
import java.util.List;

import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.peer.PeerId;

/**
 * What all connected peers together told us of one tree: who knows anything of it, who has any of it or all that we want of it,
 * and how often each leaf is there. The inverse of what the have-sets say of the tree, kept in step with every change of them.
 */
final class TreeSwarm {

    /** Hears what one peer claims of a leaf, and from which presence that is. */
    @FunctionalInterface
    interface Claims {

        void claimed(PeerContext by, Claim claim, TreePresence presence, int index);
    }

    private static final int INITIAL_PEERS = 4;
    /** Peers that are looked at together. */
    private static final int LOOKED_AT = 64;

    /** Peers with a have or a denial in the tree, in the order of their ids; what they told runs in parallel. */
    private PeerContext[] peers = new PeerContext[INITIAL_PEERS];
    private TreePresence[] presences = new TreePresence[INITIAL_PEERS];
    private int size;

    /** By number, the peers that have a leaf. */
    private final RoaringBitmap having = new RoaringBitmap();
    /** By number, the peers that have all leaves that we want. */
    private final RoaringBitmap complete = new RoaringBitmap();
    private final CopyCounts copies = new CopyCounts();
    private long wanted;

    /** @param wanted the number of leaves that we want */
    TreeSwarm(long wanted) {
        this.wanted = wanted;
    }

    /** Leaves went from one claim of the peer to another; its presence has counted that already. */
    void changed(PeerContext context, TreePresence presence, RoaringBitmap leaves, Claim from, Claim to) {
        if (from.equals(Claim.UNKNOWN) && presence.knownCount() == leaves.getLongCardinality()) {
            insert(context, presence);
        } else if (presence.knownCount() == 0) {
            remove(context);
        }
        if (from.isHave() != to.isHave()) {
            if (to.isHave()) {
                copies.add(leaves, wanted);
            } else {
                copies.subtract(leaves);
            }
            note(context, presence);
        }
    }

    private void note(PeerContext context, TreePresence presence) {
        set(having, context.number(), presence.haveCount() > 0);
        set(complete, context.number(), presence.haveCount() == wanted);
    }

    private static void set(RoaringBitmap numbers, int number, boolean in) {
        if (in) {
            numbers.add(number);
        } else {
            numbers.remove(number);
        }
    }

    /** We want another number of leaves from now on, and nothing is known of leaves that we do not want. */
    void wanted(long leaves) {
        wanted = leaves;
        for (int i = 0; i < size; i++) {
            note(peers[i], presences[i]);
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** In the order of their ids. For reading, and only until the next change. */
    List<PeerContext> peers() {
        return Arrays.asList(peers).subList(0, size);
    }

    /**
     * Calls for each peer that told us something of a leaf, in the order of their ids.
     *
     * @param index
     *            of a leaf that we want
     */
    void forEach(int index, Claims claims) {
        ClaimedLeaves[] known = new ClaimedLeaves[LOOKED_AT];
        Claim[] claimed = new Claim[LOOKED_AT];
        for (int from = 0; from < size; from += LOOKED_AT) {
            int count = Math.min(LOOKED_AT, size - from);
            // What peers told lies all over the memory. Step by step for many of them, the processor fetches it side by side;
            // peer by peer it would wait for each step of each.
            for (int i = 0; i < count; i++) {
                known[i] = presences[from + i].claims();
            }
            for (int i = 0; i < count; i++) {
                boolean isWhole = presences[from + i].knownCount() == wanted && known[i].isOne();
                claimed[i] = isWhole ? known[i].first() : known[i].claimOf(index);
            }
            for (int i = 0; i < count; i++) {
                if (!claimed[i].isUnknown()) {
                    claims.claimed(peers[from + i], claimed[i], presences[from + i], index);
                }
            }
        }
    }

    CopyCounts copies() {
        return copies;
    }

    /** By number, the peers that have any of these leaves. For reading, and only until the next change. */
    RoaringBitmap having(RoaringBitmap leaves, RoaringBitmap wants) {
        if (leaves.contains(wants)) {
            return having;
        }
        var numbers = new RoaringBitmap();
        for (int i = 0; i < size; i++) {
            if (presences[i].claims().hasAnyOf(leaves)) {
                numbers.add(peers[i].number());
            }
        }
        return numbers;
    }

    /**
     * The number of peers that have all of these leaves.
     *
     * @param leaves
     *            those in question, at least one
     * @param wants
     *            those that we want; nothing is known of others
     */
    int seeders(RoaringBitmap leaves, RoaringBitmap wants) {
        if (!wants.contains(leaves)) {
            return 0;
        }
        if (leaves.contains(wants)) {
            return complete.getCardinality();
        }
        int seeders = 0;
        for (int i = 0; i < size; i++) {
            seeders += presences[i].claims().hasAllOf(leaves) ? 1 : 0;
        }
        return seeders;
    }

    private void insert(PeerContext context, TreePresence presence) {
        int at = -find(context.peer()) - 1;
        if (size == peers.length) {
            peers = Arrays.copyOf(peers, 2 * size);
            presences = Arrays.copyOf(presences, 2 * size);
        }
        System.arraycopy(peers, at, peers, at + 1, size - at);
        System.arraycopy(presences, at, presences, at + 1, size - at);
        peers[at] = context;
        presences[at] = presence;
        size++;
    }

    private void remove(PeerContext context) {
        int at = find(context.peer());
        size--;
        System.arraycopy(peers, at + 1, peers, at, size - at);
        System.arraycopy(presences, at + 1, presences, at, size - at);
        Arrays.fill(peers, size, size + 1, null);
        Arrays.fill(presences, size, size + 1, null);
    }

    private int find(PeerId peer) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = peers[middle].peer().compareTo(peer);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
