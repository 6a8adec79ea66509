package dev.peerscope.engine;

import java.util.List;

import org.roaringbitmap.RoaringBitmap;

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

    /** Peers that are looked at together. */
    private static final int LOOKED_AT = 64;

    /** Those with a have or a denial in the tree. */
    private final SwarmPeers peers = new SwarmPeers();
    private final ClaimColumns columns = new ClaimColumns();

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
            peers.insert(context, presence);
        }
        columns.changed(presence.place(), presence.claims(), leaves);
        if (from.isHave() != to.isHave()) {
            if (to.isHave()) {
                copies.add(leaves, wanted);
            } else {
                copies.subtract(leaves);
            }
        }
        note(context, presence);
        if (presence.knownCount() == 0) {
            columns.left(presence.place());
            peers.remove(context);
        }
    }

    private void note(PeerContext context, TreePresence presence) {
        set(having, context.number(), presence.haveCount() > 0);
        set(complete, context.number(), presence.haveCount() == wanted);
        columns.whole(presence.place(), presence.knownCount() == wanted);
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
        for (int rank = 0; rank < peers.size(); rank++) {
            int place = peers.place(rank);
            note(peers.peer(place), peers.presence(place));
        }
    }

    boolean isEmpty() {
        return peers.size() == 0;
    }

    /** As {@link SwarmPeers#inOrder}. */
    List<PeerContext> peers() {
        return peers.inOrder();
    }

    /**
     * Calls for each peer that told us something of a leaf, in the order of their ids.
     *
     * @param index
     *            of a leaf that we want
     */
    void forEach(int index, Claims claims) {
        ClaimColumns.Reading reading = columns.read(index, LOOKED_AT);
        int[] places = new int[LOOKED_AT];
        Claim[] claimed = new Claim[LOOKED_AT];
        for (int from = 0; from < peers.size(); from += LOOKED_AT) {
            int count = peers.places(from, places);
            reading.claims(places, count, peers, claimed);
            for (int i = 0; i < count; i++) {
                if (!claimed[i].isUnknown()) {
                    claims.claimed(peers.peer(places[i]), claimed[i], peers.presence(places[i]), index);
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
        for (int rank = 0; rank < peers.size(); rank++) {
            int place = peers.place(rank);
            if (peers.presence(place).claims().hasAnyOf(leaves)) {
                numbers.add(peers.peer(place).number());
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
        for (int rank = 0; rank < peers.size(); rank++) {
            seeders += peers.presence(peers.place(rank)).claims().hasAllOf(leaves) ? 1 : 0;
        }
        return seeders;
    }
}
