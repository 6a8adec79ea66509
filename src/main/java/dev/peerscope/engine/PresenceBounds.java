package dev.peerscope.engine;

import java.util.Optional;

import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.Cid;
import dev.peerscope.event.LimitName;
import dev.peerscope.peer.PeerId;

/** Takes from what one message tells that which the bounds on one peer's presence allow, and counts the rest. */
final class PresenceBounds {

    private final HaveSet haveSet;
    private final EngineLimits limits;
    private long overPresences;
    private long overPrices;

    PresenceBounds(HaveSet haveSet, EngineLimits limits) {
        this.haveSet = haveSet;
        this.limits = limits;
    }

    /** The leaves of which this claim may be recorded. */
    RoaringBitmap admit(Cid tree, RoaringBitmap leaves, Claim claim) {
        if (isPriceTooMany(tree, claim)) {
            overPrices += leaves.getLongCardinality();
            return new RoaringBitmap();
        }
        // Counting what is new costs; far below the bound there is no need to.
        return leaves.getLongCardinality() <= room() ? leaves : withinRoom(tree, leaves);
    }

    boolean admit(Cid single) {
        if (haveSet.knowsSingle(single) || room() > 0) {
            return true;
        }
        overPresences++;
        return false;
    }

    long rejected() {
        return overPresences + overPrices;
    }

    void report(PeerId peer, Outputs outputs) {
        if (overPresences > 0) {
            outputs.limitMet(LimitName.PEER_PRESENCES, Optional.of(peer), overPresences);
        }
        if (overPrices > 0) {
            outputs.limitMet(LimitName.PEER_PRICES, Optional.of(peer), overPrices);
        }
    }

    private long room() {
        return Math.max(0, limits.peerPresences() - haveSet.haveCount() - haveSet.deniedCount());
    }

    private boolean isPriceTooMany(Cid tree, Claim claim) {
        TreePresence presence = haveSet.trees().get(tree);
        return presence != null && claim.isHave() && !presence.claims().byClaim().containsKey(claim)
                && presence.claims().prices().size() >= limits.peerPrices();
    }

    /** What is known already, and of the rest the first as far as there is room. */
    private RoaringBitmap withinRoom(Cid tree, RoaringBitmap leaves) {
        RoaringBitmap admitted = RoaringBitmap.and(leaves, haveSet.known(tree));
        RoaringBitmap news = RoaringBitmap.andNot(leaves, admitted);
        RoaringBitmap within = news.limit((int) room());
        overPresences += news.getLongCardinality() - within.getLongCardinality();
        admitted.or(within);
        return admitted;
    }
}
