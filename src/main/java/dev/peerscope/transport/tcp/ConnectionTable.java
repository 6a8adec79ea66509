package dev.peerscope.transport.tcp;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.IpNetwork;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.ConnectionBounds;
import dev.peerscope.transport.PeerStanding;

/**
 * Which connections there are, in all, with each peer and from each address, and who makes room for one more. Safe for use by any
 * thread.
 *
 * <p>
 * A connection that we dial has its room from the first step on; one that comes in, when its handshake has shown whose it is. Who
 * makes room has none from that moment on, though its socket takes a little to close.
 */
final class ConnectionTable {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ConnectionBounds bounds;
    private final Function<PeerId, PeerStanding> standings;
    private final LongSupplier nanoTime;
    private final Eviction eviction;
    private final Map<PeerId, Integer> perPeer = new HashMap<>();
    /** Of those that came in. */
    private final Map<IpNetwork, Integer> perAddress = new HashMap<>();
    private final Set<Slot> inbound = new HashSet<>();
    private int taken;
    private boolean looked;
    private long lookedAt;
    private boolean someoneMayGo;

    /**
     * @param standings
     *            what each peer is good for; asked under the lock of the table, so it must wait for nothing
     */
    ConnectionTable(ConnectionBounds bounds, Function<PeerId, PeerStanding> standings, LongSupplier nanoTime) {
        this.bounds = bounds;
        this.standings = standings;
        this.nanoTime = nanoTime;
        this.eviction = new Eviction(bounds.grace().toNanos(), bounds.newcomersMax());
    }

    /** Room for a dial, for which one that came in may have to go; or none. */
    Optional<Slot> reserve() {
        Optional<Slot> victim = Optional.empty();
        synchronized (this) {
            if (taken == bounds.max()) {
                victim = victimFor(null);
                if (victim.isEmpty()) {
                    return Optional.empty();
                }
                victim.get().giveBack();
            }
            taken++;
        }
        victim.ifPresent(one -> one.leaveFor("a dial of ours"));
        return Optional.of(new Slot(null, null, false, _ -> {}));
    }

    /**
     * For a socket that was accepted; it takes no room before it is claimed for a peer.
     *
     * @param leave
     *            called, on any thread, if it has to make room for another
     */
    Slot inbound(InetAddress from, InboundHandshakes.Handshake handshake, Consumer<NoRoom> leave) {
        return new Slot(handshake, IpNetwork.ofSubscriber(from), bounds.isExempt(from), leave);
    }

    /**
     * Why a connection that comes in from there will find no room, as far as can be told before its handshake. It costs little however
     * often it is asked: whether anyone may go at all is looked at now and then.
     */
    synchronized Optional<NoRoom> noRoomFor(InetAddress from) {
        var overShare = bounds.isExempt(from) ? Optional.<NoRoom>empty() : overShare(IpNetwork.ofSubscriber(from));
        return overShare.or(() -> isFull() && !mayAnyoneGo() ? Optional.of(full(Direction.INBOUND)) : Optional.empty());
    }

    private boolean mayAnyoneGo() {
        long now = nanoTime.getAsLong();
        if (!looked || now - lookedAt >= LOOK_NANOS) {
            looked = true;
            lookedAt = now;
            someoneMayGo = victimFor(null).isPresent();
        }
        return someoneMayGo;
    }

    /** Connections that there are. */
    synchronized int taken() {
        return taken;
    }

    /** Connections with the peer that has most. */
    synchronized int mostWithOnePeer() {
        return perPeer.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Connections that came in from the address that has most of those with a share. */
    synchronized int mostFromOneAddress() {
        return inbound.stream().filter(slot -> !slot.exempt)
                .mapToInt(slot -> perAddress.getOrDefault(slot.address, 0)).max().orElse(0);
    }

    /** What is said to one more of this direction when there are as many as there may be. */
    NoRoom full(Direction direction) {
        return new NoRoom(LimitName.CONNECTIONS, switch (direction) {
            case OUTBOUND -> "there are " + bounds.max() + " connections, as many as there may be";
            case INBOUND -> "there are " + bounds.inboundMax() + " connections that came in, or " + bounds.max()
                    + " in all, as many as there may be, and none that makes room";
        });
    }

    private boolean isFull() {
        return taken == bounds.max() || inbound.size() == bounds.inboundMax();
    }

    private Optional<NoRoom> overShare(IpNetwork address) {
        int share = bounds.addressShare();
        return perAddress.getOrDefault(address, 0) < share
                ? Optional.empty()
                : Optional.of(new NoRoom(LimitName.ADDRESS_SHARE,
                        "there are " + share + " connections from " + address + ", as many as one address may have"));
    }

    private Optional<Slot> victimFor(@Nullable IpNetwork newcomer) {
        long now = nanoTime.getAsLong();
        List<Eviction.Candidate<Slot>> candidates = inbound.stream().map(slot -> slot.candidate(now)).toList();
        return eviction.victim(candidates, newcomer).map(Eviction.Candidate::connection);
    }

    private static <K> void countDown(Map<K, Integer> counts, K key) {
        counts.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
    }

    /** The room that one connection takes until its last byte, or until it makes room for another. */
    final class Slot {

        /** Absent when we dial. */
        private final InboundHandshakes.@Nullable Handshake handshake;
        /** Likewise. */
        private final @Nullable IpNetwork address;
        private final boolean exempt;
        private final Consumer<NoRoom> leave;
        private boolean released;
        private @Nullable PeerId peer;
        private long since;

        private Slot(InboundHandshakes.@Nullable Handshake handshake, @Nullable IpNetwork address, boolean exempt,
                Consumer<NoRoom> leave) {
            this.handshake = handshake;
            this.address = address;
            this.exempt = exempt;
            this.leave = leave;
        }

        /**
         * Counts the connection as one with this peer; once. Another may have to go for it.
         *
         * @return why that is not possible
         */
        Optional<NoRoom> claim(PeerId remote) {
            Optional<Slot> victim = Optional.empty();
            synchronized (ConnectionTable.this) {
                if (handshake != null && !handshake.end()) {
                    return Optional.of(InboundHandshakes.CROWDED_OUT);
                }
                if (released || perPeer.getOrDefault(remote, 0) >= bounds.perPeer()) {
                    return Optional.of(new NoRoom(LimitName.PEER_CONNECTIONS,
                            "there are " + bounds.perPeer() + " connections with " + remote));
                }
                if (address != null) {
                    var overShare = exempt ? Optional.<NoRoom>empty() : overShare(address);
                    if (overShare.isPresent()) {
                        return overShare;
                    }
                    if (isFull()) {
                        victim = victimFor(address);
                        if (victim.isEmpty()) {
                            return Optional.of(full(Direction.INBOUND));
                        }
                        victim.get().giveBack();
                    }
                    taken++;
                    inbound.add(this);
                    perAddress.merge(address, 1, Integer::sum);
                }
                perPeer.merge(remote, 1, Integer::sum);
                peer = remote;
                since = nanoTime.getAsLong();
            }
            victim.ifPresent(one -> one.leaveFor("one that came in from " + address));
            return Optional.empty();
        }

        /** Gives the room back; once is enough. */
        void release() {
            if (handshake != null) {
                handshake.end();
            }
            synchronized (ConnectionTable.this) {
                giveBack();
            }
        }

        private void giveBack() {
            if (released) {
                return;
            }
            released = true;
            if (address == null) {
                taken--;
            } else if (inbound.remove(this)) {
                taken--;
                countDown(perAddress, address);
            }
            if (peer != null) {
                countDown(perPeer, peer);
            }
        }

        private Eviction.Candidate<Slot> candidate(long now) {
            var from = Objects.requireNonNull(address);
            return new Eviction.Candidate<>(this, from, perAddress.getOrDefault(from, 0), now - since,
                    standings.apply(Objects.requireNonNull(peer)));
        }

        private void leaveFor(String other) {
            leave.accept(new NoRoom(LimitName.CONNECTIONS, "it made room for " + other
                    + ": of the connections from " + address + " it was the least useful"));
        }
    }
}
