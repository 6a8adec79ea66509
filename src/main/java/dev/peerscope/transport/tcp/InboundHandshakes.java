package dev.peerscope.transport.tcp;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.peerscope.limit.LimitName;

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
    /** The oldest first. */
    private final Set<Handshake> underWay = new LinkedHashSet<>();

    InboundHandshakes(int max) {
        this.max = max;
    }

    /**
     * One more begins.
     *
     * @param crowdedOut
     *            called, on any thread, if it is ended to make room for another
     */
    Handshake begin(InetAddress from, Runnable crowdedOut) {
        var handshake = new Handshake(from, crowdedOut);
        add(handshake).ifPresent(victim -> victim.crowdedOut.run());
        return handshake;
    }

    synchronized int underWay() {
        return underWay.size();
    }

    /** Who had to go for it. */
    private synchronized Optional<Handshake> add(Handshake handshake) {
        Optional<Handshake> victim = underWay.size() < max ? Optional.empty() : mostCrowding();
        victim.ifPresent(underWay::remove);
        underWay.add(handshake);
        return victim;
    }

    private Optional<Handshake> mostCrowding() {
        Map<InetAddress, Integer> perAddress = new HashMap<>();
        underWay.forEach(one -> perAddress.merge(one.from, 1, Integer::sum));
        // Of equal ones the first is found, which is the oldest.
        return underWay.stream().min(Comparator.comparing(one -> -perAddress.getOrDefault(one.from, 0)));
    }

    /** One stranger's. */
    final class Handshake {

        private final InetAddress from;
        private final Runnable crowdedOut;

        private Handshake(InetAddress from, Runnable crowdedOut) {
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
                return underWay.remove(this);
            }
        }
    }
}
