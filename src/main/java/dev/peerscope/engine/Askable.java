package dev.peerscope.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What can be asked now, and of whom.
 *
 * @param peers
 *            those that have some of the blocks in question and room for a request
 * @param blocks
 *            blocks that they have, no more than they have room for together
 */
record Askable(List<PeerContext> peers, AddressSet blocks) {

    static Askable of(Collection<PeerContext> peers, AddressSet blocks) {
        List<PeerContext> able = new ArrayList<>();
        var offered = new AddressSet();
        int room = 0;
        for (PeerContext peer : peers) {
            AddressSet offer = peer.offer(blocks);
            if (!offer.isEmpty()) {
                able.add(peer);
                offered.addAll(offer);
                room += peer.roomForRequests();
            }
        }
        return new Askable(able, new WantWalk(offered).take(room));
    }
}
