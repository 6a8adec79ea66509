package dev.peerscope.node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.peerscope.limit.LimitName;
import dev.peerscope.wire.WireLimits;

/**
 * The memory that messages take which have begun to arrive and are not complete, of every peer. One message is bounded by
 * the dialect, but a peer may begin one on each of its streams. Safe for use by any thread.
 */
final class PartialMessages implements Bounded {

    /** A well-behaved peer speaks on one stream and may answer on ours. */
    private static final int PEER_MESSAGES = 2;
    /** Large messages arrive at a few peers' pace at once; the others are short. */
    private static final int NODE_MESSAGES = 8;

    private final long peerMax;
    private final long nodeMax;
    private final Map<PeerLink, Long> taken = new HashMap<>();
    private long total;

    PartialMessages(WireLimits limits) {
        this.peerMax = (long) PEER_MESSAGES * limits.messageLengthMax();
        this.nodeMax = (long) NODE_MESSAGES * limits.messageLengthMax();
    }

    /** Who takes too much, and of what. */
    record Excess(PeerLink link, LimitName limit) {}

    /**
     * A peer's unfinished messages take so many bytes more, or less if negative. Returns who has to go, and for which bound,
     * when that is too much.
     */
    synchronized Optional<Excess> changed(PeerLink link, long by) {
        long now = taken.merge(link, by, Long::sum);
        total += by;
        if (now == 0) {
            taken.remove(link);
        }
        if (by <= 0) {
            return Optional.empty();
        }
        if (now > peerMax) {
            return Optional.of(new Excess(link, LimitName.PARTIAL_MESSAGES));
        }
        return total > nodeMax
                ? Optional.of(new Excess(largest(), LimitName.ALL_PARTIAL_MESSAGES))
                : Optional.empty();
    }

    /** Bytes of one peer. */
    synchronized long of(PeerLink link) {
        return taken.getOrDefault(link, 0L);
    }

    @Override
    public synchronized List<LimitUse> limitUses() {
        long most = taken.values().stream().mapToLong(Long::longValue).max().orElse(0);
        return List.of(new LimitUse(LimitName.PARTIAL_MESSAGES, peerMax, most),
                new LimitUse(LimitName.ALL_PARTIAL_MESSAGES, nodeMax, total));
    }

    private PeerLink largest() {
        return taken.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    }
}
