package dev.peerscope.transport.tcp;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.IpNetwork;

/**
 * Sockets of strangers: accepted, and not yet shown to be a peer. Safe for use by any thread.
 *
 * <p>
 * Anyone can open sockets and leave them idle, so they take no room of the connections. A stranger is always let in, at the cost
 * of the one who has waited longest among those of the address that has most: whoever floods us crowds out himself, and who
 * finishes the handshake in the usual milliseconds is not met by it, many peers at one address included.
 */
final class InboundHandshakes {

    /** What is said to one that had to go. */
    static final NoRoom CROWDED_OUT = new NoRoom(LimitName.INBOUND_HANDSHAKES,
            "others came in from the same address before its handshake was done");

    private final int max;
    /** By address, in each the oldest first; no set is empty. */
    private final Map<IpNetwork, Set<Handshake>> underWay = new HashMap<>();
    private int count;
    private long begun;

    InboundHandshakes(int max) {
        this.max = max;
    }

    /**
     * One more begins.
     *
     * @param crowdedOut
     *            called, on any thread, if it is ended to make room for another
     */
    Handshake begin(IpNetwork from, Runnable crowdedOut) {
        var handshake = new Handshake(from, crowdedOut);
        add(handshake).ifPresent(victim -> victim.crowdedOut.run());
        return handshake;
    }

    synchronized int underWay() {
        return count;
    }

    /** Who had to go for it. */
    private synchronized Optional<Handshake> add(Handshake handshake) {
        Optional<Handshake> victim = count < max ? Optional.empty() : mostCrowding();
        victim.ifPresent(Handshake::end);
        underWay.computeIfAbsent(handshake.from, _ -> new LinkedHashSet<>()).add(handshake);
        handshake.number = begun++;
        count++;
        return victim;
    }

    private Optional<Handshake> mostCrowding() {
        int most = underWay.values().stream().mapToInt(Set::size).max().orElse(0);
        return underWay.values().stream().filter(ofOne -> ofOne.size() == most).map(ofOne -> ofOne.iterator().next())
                .min(Comparator.comparing(oldest -> oldest.number));
    }

    /** One stranger's. */
    final class Handshake {

        private final IpNetwork from;
        private final Runnable crowdedOut;
        /** Grows from one to the next. */
        private long number;

        private Handshake(IpNetwork from, Runnable crowdedOut) {
            this.from = from;
            this.crowdedOut = crowdedOut;
        }

        /**
         * It is over, well or not; once is enough.
         *
         * @return whether it was under way until now
         */
        boolean end() {
            synchronized (InboundHandshakes.this) {
                var ofAddress = underWay.getOrDefault(from, Set.of());
                boolean wasUnderWay = ofAddress.contains(this) && ofAddress.remove(this);
                if (wasUnderWay) {
                    count--;
                    if (ofAddress.isEmpty()) {
                        underWay.remove(from);
                    }
                }
                return wasUnderWay;
            }
        }
    }
}
