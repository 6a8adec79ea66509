package dev.peerscope.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.engine.EngineReader.PeerWant;
import dev.peerscope.message.WantListEntry;

/**
 * What a peer has explicitly asked us for with want-block, and which of it can be sent now. Changed by {@link PeerContext}
 * alone.
 */
final class PeerWantList {

    private static final Comparator<PeerWant> SERVING_ORDER = Comparator
            .comparingInt((PeerWant want) -> -want.entry().priority()).thenComparingLong(PeerWant::number);

    /** A want with its address, in three orders here and once more in the index of who wants a block. */
    private static final long WANT_BYTES = 400;

    private final Map<BlockAddress, PeerWant> wants = new HashMap<>();
    /** The same wants in the order of asking. */
    private final NavigableMap<Long, PeerWant> byNumber = new TreeMap<>();
    /** Those that we hold, in the order of serving. */
    private final NavigableSet<PeerWant> servable = new TreeSet<>(SERVING_ORDER);
    private long asked;

    @Nullable
    PeerWant get(BlockAddress address) {
        return wants.get(address);
    }

    void add(WantListEntry entry, Instant now, boolean held) {
        put(new PeerWant(++asked, entry, now), held);
    }

    /** The peer asked again in other words; the want keeps its place and time. */
    void update(PeerWant before, WantListEntry entry) {
        boolean held = servable.remove(before);
        put(new PeerWant(before.number(), entry, before.since()), held);
    }

    private void put(PeerWant want, boolean held) {
        wants.put(want.entry().address(), want);
        byNumber.put(want.number(), want);
        if (held) {
            servable.add(want);
        }
    }

    /** False if it was not there. */
    boolean remove(BlockAddress address) {
        PeerWant want = wants.remove(address);
        if (want == null) {
            return false;
        }
        byNumber.remove(want.number());
        servable.remove(want);
        return true;
    }

    /** The block is held from now on, or no longer. */
    void held(BlockAddress address, boolean held) {
        PeerWant want = wants.get(address);
        if (want != null) {
            if (held) {
                servable.add(want);
            } else {
                servable.remove(want);
            }
        }
    }

    /** The most urgent blocks that can be sent, at most so many. */
    List<BlockAddress> mostUrgent(int max) {
        return servable.stream().limit(max).map(want -> want.entry().address()).toList();
    }

    /** In the order of asking, beginning after this number. */
    List<PeerWant> after(long number, int max) {
        return byNumber.tailMap(number, false).values().stream().limit(max).toList();
    }

    Collection<BlockAddress> addresses() {
        List<BlockAddress> addresses = new ArrayList<>(byNumber.size());
        byNumber.values().forEach(want -> addresses.add(want.entry().address()));
        return addresses;
    }

    int size() {
        return wants.size();
    }

    /** Memory that it takes, in bytes, roughly. */
    long bytes() {
        return WANT_BYTES * wants.size();
    }

    /** How many of them we hold. */
    int heldCount() {
        return servable.size();
    }
}
