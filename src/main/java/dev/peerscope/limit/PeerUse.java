package dev.peerscope.limit;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What one peer takes in one session: memory by kind, and of the limits that hold for each peer. The parts that keep something for the
 * peer say here how it changes. Safe for use by any thread.
 */
public final class PeerUse {

    private static final MemoryKind[] KINDS = MemoryKind.values();
    private static final int LIMITS = LimitName.values().length;

    private final MemoryBudget budget;
    private final Consumer<PeerUse> drop;
    /** By the ordinal of the kind. */
    private final AtomicLongArray bytesOf = new AtomicLongArray(KINDS.length);
    private final AtomicLong bytes = new AtomicLong();
    /** By the ordinal of the limit. */
    private final AtomicLongArray counts = new AtomicLongArray(LIMITS);
    private volatile boolean dropped;
    private volatile boolean closed;

    PeerUse(MemoryBudget budget, Consumer<PeerUse> drop) {
        this.budget = budget;
        this.drop = drop;
    }

    /** Of a peer that no budget holds back. */
    public static PeerUse unlimited() {
        return new MemoryBudget(Long.MAX_VALUE).open(_ -> {});
    }

    /** The peer takes so many bytes more for this, or less if negative. */
    public void add(MemoryKind kind, long change) {
        if (change != 0) {
            bytesOf.addAndGet(kind.ordinal(), change);
            changed(change);
        }
    }

    /** The peer takes so many bytes for this from now on; for kinds that one thread alone changes. */
    public void set(MemoryKind kind, long now) {
        add(kind, now - bytesOf.get(kind.ordinal()));
    }

    private void changed(long change) {
        long left = bytes.addAndGet(change);
        budget.changed(change);
        if (dropped && change < 0) {
            budget.lookAtDropped();
        }
        if (left == 0 && closed) {
            budget.forget(this);
        }
    }

    /** Bytes that it takes for this. */
    public long bytes(MemoryKind kind) {
        return bytesOf.get(kind.ordinal());
    }

    /** Bytes that it takes. */
    public long bytes() {
        return bytes.get();
    }

    /** Whether so little memory is left for all peers that nothing should be read that can wait. */
    public boolean isMemoryShort() {
        return budget.isShort();
    }

    /** The peer uses so much of a limit on each peer. */
    public void count(LimitName limit, long now) {
        counts.setRelease(limit.ordinal(), now);
    }

    /** How much it uses of a limit on each peer. */
    public long count(LimitName limit) {
        return counts.get(limit.ordinal());
    }

    /** The peer is gone. It is forgotten as soon as nothing of it is left. */
    public void close() {
        closed = true;
        if (bytes.get() == 0) {
            budget.forget(this);
        }
    }

    /** Whether it was told to go, since it took most when there was too little for all. */
    boolean isDropped() {
        return dropped;
    }

    void drop() {
        drop.accept(this);
    }

    void markDropped() {
        dropped = true;
    }

    /** What it takes memory for, as {@code kind=bytes}. */
    @Override
    public String toString() {
        return Arrays.stream(KINDS).filter(kind -> bytes(kind) != 0).map(kind -> kind.text() + "=" + bytes(kind))
                .collect(Collectors.joining(" "));
    }
}
