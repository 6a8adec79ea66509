package dev.peerscope.engine;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.PeerId;

/** Takes from what one message tells that which the bounds on one peer's presence allow, and counts the rest. */
final class PresenceBounds {

    private final EngineLimits limits;
    /** So many blocks more may become known. */
    private long room;
    private final boolean roomForAll;
    private long overPresences;
    private long overPrices;

    /** @param told the number of blocks that the message tells of */
    PresenceBounds(HaveSet haveSet, EngineLimits limits, long told) {
        this.limits = limits;
        this.room = Math.max(0, limits.peerPresences() - haveSet.haveCount() - haveSet.deniedCount());
        // Counting what is new costs; far below the bound there is no need to.
        this.roomForAll = told <= room;
    }

    /**
     * What of this may be recorded.
     *
     * @param presence what is known of the same tree, or of single blocks; null for nothing
     */
    ToldLeaves admit(@Nullable TreePresence presence, ToldLeaves told) {
        ClaimedLeaves known = presence == null ? ClaimedLeaves.NONE : presence.claims();
        if (roomForAll && known.priceCount() + told.claims().priceCount() <= limits.peerPrices()) {
            return told;
        }
        var admitted = new ToldLeaves();
        int[] prices = {known.priceCount()};
        told.claims().forEach((claim, leaves) -> {
            boolean isNewPrice = claim.isHave() && !known.isClaimed(claim);
            if (isNewPrice && prices[0] >= limits.peerPrices()) {
                overPrices += leaves.getLongCardinality();
                return;
            }
            RoaringBitmap within = withinRoom(known, leaves);
            if (!within.isEmpty()) {
                prices[0] += isNewPrice ? 1 : 0;
                admitted.tell(within, claim);
            }
        });
        return admitted;
    }

    /** What is known already, and of the rest the first as far as there is room. */
    private RoaringBitmap withinRoom(ClaimedLeaves known, RoaringBitmap leaves) {
        RoaringBitmap admitted = RoaringBitmap.and(leaves, known.known());
        RoaringBitmap news = RoaringBitmap.andNot(leaves, admitted);
        RoaringBitmap within = news.limit((int) Math.min(room, Integer.MAX_VALUE));
        room -= within.getLongCardinality();
        overPresences += news.getLongCardinality() - within.getLongCardinality();
        admitted.or(within);
        return admitted;
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
}
