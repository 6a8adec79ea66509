package dev.peerscope.node;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.peerscope.event.PeerCounters;
import dev.peerscope.peer.IpNetwork;
import dev.peerscope.peer.PeerId;

/**
 * Peers that have left. When there are too many, brief sessions are forgotten first, then others; among them the oldest of the
 * address that has most. So whoever joins and leaves again and again pushes out the record of himself, and not that of others. The
 * newest tenth is forgotten last, whatever it is. Not safe for use by several threads.
 */
final class DepartedPeers {

    private static final int NEWEST_PART = 10;
    private static final Duration BRIEF = Duration.ofMinutes(1);

    private final int max;
    /** The newest first. */
    private final Deque<DepartedPeer> peers = new ArrayDeque<>();

    DepartedPeers(int max) {
        this.max = max;
    }

    /** Returns whether another one was forgotten for it. */
    boolean add(DepartedPeer peer) {
        peers.addFirst(peer);
        if (peers.size() <= max) {
            return false;
        }
        peers.removeLastOccurrence(leastWorth());
        return true;
    }

    /** The newest first. */
    List<DepartedPeer> all() {
        return List.copyOf(peers);
    }

    /** The last leave of a peer. */
    Optional<DepartedPeer> find(PeerId peer) {
        return peers.stream().filter(one -> one.peer().equals(peer)).findFirst();
    }

    int size() {
        return peers.size();
    }

    int max() {
        return max;
    }

    private DepartedPeer leastWorth() {
        var old = peers.stream().skip(Math.max(1, max / NEWEST_PART)).toList();
        var brief = old.stream().filter(DepartedPeers::isBrief).toList();
        var among = brief.isEmpty() ? old : brief;
        Map<Optional<IpNetwork>, Long> perAddress = among.stream()
                .collect(Collectors.groupingBy(DepartedPeers::from, Collectors.counting()));
        // Of equal ones the first is found, which is the oldest.
        return among.reversed().stream().min(Comparator.comparing(one -> -perAddress.getOrDefault(from(one), 0L)))
                .orElseThrow();
    }

    /** Whether it was here for a short time and no block moved: what costs a stranger nothing. */
    private static boolean isBrief(DepartedPeer peer) {
        return peer.counters().equals(PeerCounters.NONE)
                && Duration.between(peer.connectedAt(), peer.departedAt()).compareTo(BRIEF) < 0;
    }

    private static Optional<IpNetwork> from(DepartedPeer peer) {
        return peer.address().subscriber();
    }
}
