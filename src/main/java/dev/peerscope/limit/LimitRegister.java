package dev.peerscope.limit;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Every limit of one node and of what shows it: its setting, its present use, how often it was met, and the memory that peers may take.
 * Each part registers its limits once. Safe for use by any thread; nothing here waits.
 */
public final class LimitRegister {

    private record Limit(long setting, LongSupplier used) {}

    private final ConcurrentMap<LimitName, Limit> limits = new ConcurrentHashMap<>();
    /** By the ordinal of the limit. */
    private final AtomicLongArray met = new AtomicLongArray(LimitName.values().length);
    private final MemoryBudget memory;

    /** A register whose peers may take the default share of the heap. */
    public LimitRegister() {
        this(MemoryBudget.ofHeap(MemoryBudget.DEFAULT_SHARE));
    }

    public LimitRegister(MemoryBudget memory) {
        this.memory = memory;
        register(LimitName.MEMORY, memory.max(), memory::used);
    }

    /** What peers may take of the memory. */
    public MemoryBudget memory() {
        return memory;
    }

    /**
     * Makes a limit known.
     *
     * @param used
     *            its present use: asked by any thread, it answers at once
     */
    public void register(LimitName limit, long setting, LongSupplier used) {
        limits.put(limit, new Limit(setting, used));
    }

    /** Makes a limit known on one message, frame or request, of which nothing is in use in between. */
    public void register(LimitName limit, long setting) {
        register(limit, setting, () -> 0);
    }

    /** Makes a limit known that holds for each peer, whose use is told by {@link PeerUse#count}. */
    public void registerForEachPeer(LimitName limit, long setting) {
        register(limit, setting, () -> memory.most(peer -> peer.count(limit)));
    }

    /** Counts records, entries or attempts that a limit turned away. */
    public void met(LimitName limit, long turnedAway) {
        met.addAndGet(limit.ordinal(), turnedAway);
    }

    /** A limit; with setting and use 0 if it is not known. */
    public LimitUse use(LimitName limit) {
        var known = limits.get(limit);
        return known == null
                ? new LimitUse(limit, 0, 0, met.get(limit.ordinal()))
                : new LimitUse(limit, known.setting, known.used.getAsLong(), met.get(limit.ordinal()));
    }

    /** All limits that are known, in the order of their names' declaration. */
    public List<LimitUse> uses() {
        return Arrays.stream(LimitName.values()).filter(limits::containsKey).map(this::use).toList();
    }
}
