package dev.peerscope.engine;

import java.util.concurrent.atomic.AtomicLong;

import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;

/** How many peers, wants and blocks the engine knows of, as of the input that it handled last. Safe for use by any thread. */
public final class EngineTotals {

    private final AtomicLong peers = new AtomicLong();
    private final AtomicLong wants = new AtomicLong();
    private final AtomicLong blocksHeld = new AtomicLong();

    EngineTotals() {}

    /** Makes the limits of the engine known. */
    public void register(EngineLimits limits, LimitRegister register) {
        register.register(LimitName.PEERS, limits.peers(), peers::get);
        register.register(LimitName.WANTS, limits.wants(), wants::get);
        register.registerForEachPeer(LimitName.PEER_WANT_LIST, limits.peerWantList());
        register.registerForEachPeer(LimitName.PEER_PRESENCES, limits.peerPresences());
        register.registerForEachPeer(LimitName.PEER_PRICES, limits.peerPrices());
        register.registerForEachPeer(LimitName.PEER_ANSWERS, limits.peerAnswers());
        register.registerForEachPeer(LimitName.PROVEN_WRONG, limits.provenWrong());
    }

    void update(PeerContextStore contexts, PendingBlocks pending, LocalBlocks local) {
        peers.setRelease(contexts.size());
        wants.setRelease(pending.wants().size());
        blocksHeld.setRelease(local.size());
    }

    /** Connected peers. */
    public int peers() {
        return Math.toIntExact(peers.get());
    }

    /** Blocks wanted by us. */
    public long wants() {
        return wants.get();
    }

    /** Blocks held here, by their addresses. */
    public long blocksHeld() {
        return blocksHeld.get();
    }
}
