package dev.peerscope.limit;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

/**
 * The memory that everything takes which grows with peers: one sum over all peers and all {@linkplain MemoryKind kinds}. Above its bound
 * the peer that takes most is dropped, then the next, until the others fit ({@code docs/decisions/0020-memory-has-a-budget.md}).
 *
 * <p>
 * What a dropped peer takes is still counted until it is gone, but it drops nobody else meanwhile. Safe for use by any thread.
 */
public final class MemoryBudget {

    /** Share of the heap. */
    public static final double DEFAULT_SHARE = 0.25;

    /** Above all but one part in so many the budget is nearly used up. */
    private static final int LAST_PART = 8;

    private final long max;
    private final Executor dropping;
    private final Set<PeerUse> peers = ConcurrentHashMap.newKeySet();
    private final AtomicLong used = new AtomicLong();
    private final AtomicBoolean cutting = new AtomicBoolean();
    /** The bound, and what dropped peers took when this was looked at last. */
    private volatile long cutAbove;

    /** @param max bytes that all peers may take together */
    public MemoryBudget(long max) {
        // Who adds may hold a lock that closing a connection needs.
        this(max, Thread.ofVirtual().name("memory-budget")::start);
    }

    /** @param dropping drops peers, not on the thread of who added the last byte */
    MemoryBudget(long max, Executor dropping) {
        if (max <= 0) {
            throw new IllegalArgumentException("the memory of peers must be positive, was " + max);
        }
        this.max = max;
        this.cutAbove = max;
        this.dropping = dropping;
    }

    /**
     * A share of the heap of this process.
     *
     * @throws IllegalArgumentException
     *             when it is not above 0 and at most 1
     */
    public static MemoryBudget ofHeap(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a share of the heap is above 0 and at most 1, was " + share);
        }
        return new MemoryBudget((long) (share * Runtime.getRuntime().maxMemory()));
    }

    /**
     * A peer begins to take memory.
     *
     * @param drop
     *            closes its connections; called once at most
     */
    public PeerUse open(Consumer<PeerUse> drop) {
        var peer = new PeerUse(this, drop);
        peers.add(peer);
        return peer;
    }

    /** Bytes that all peers may take together. */
    public long max() {
        return max;
    }

    /** Bytes that all peers take. */
    public long used() {
        return used.get();
    }

    boolean isShort() {
        return used.get() > max - max / LAST_PART;
    }

    /** Of all peers, the use of the one that uses most; 0 while there are none. */
    public long most(ToLongFunction<PeerUse> use) {
        return peers.stream().mapToLong(use).max().orElse(0);
    }

    void changed(long change) {
        if (used.addAndGet(change) > cutAbove && change > 0) {
            cutSoon();
        }
    }

    private void cutSoon() {
        if (cutting.compareAndSet(false, true)) {
            dropping.execute(this::cut);
        }
    }

    private void cut() {
        try {
            for (var next = whoHasToGo(); next.isPresent(); next = whoHasToGo()) {
                next.get().drop();
            }
        } finally {
            cutting.set(false);
        }
        if (used.get() > cutAbove) {
            cutSoon();
        }
    }

    private synchronized Optional<PeerUse> whoHasToGo() {
        lookAtDropped();
        if (used.get() <= cutAbove) {
            return Optional.empty();
        }
        @Nullable
        PeerUse most = null;
        for (var peer : peers) {
            if (!peer.isDropped() && (most == null || peer.bytes() > most.bytes())) {
                most = peer;
            }
        }
        if (most != null) {
            most.markDropped();
        }
        return Optional.ofNullable(most);
    }

    /** What dropped peers still take is no reason to drop others, and what they have given back is no room for others. */
    synchronized void lookAtDropped() {
        long leaving = peers.stream().filter(PeerUse::isDropped).mapToLong(PeerUse::bytes).sum();
        cutAbove = max + leaving;
    }

    void forget(PeerUse peer) {
        peers.remove(peer);
    }
}
