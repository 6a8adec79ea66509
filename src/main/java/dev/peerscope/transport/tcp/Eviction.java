package dev.peerscope.transport.tcp;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import dev.peerscope.peer.IpNetwork;
import dev.peerscope.transport.PeerStanding;

/**
 * Who makes room for a newcomer when there are as many connections as may come in
 * ({@code docs/decisions/0023-connections-are-shared-by-address-and-the-least-useful-makes-room.md}).
 *
 * <ol>
 * <li>Only a peer whose standing allows it, of an address that has more connections than the newcomer's, or of the newcomer's own.
 * <li>Of the address that has most; there the one that stands lowest; of those the youngest whose grace is over.
 * <li>Those within their grace make room, the oldest first, only when they are as many as newcomers may be (whoever comes in faster
 * than that crowds out himself, not who was there before), or when nobody else may go and their address keeps more than the
 * newcomer's gets.
 * </ol>
 */
final class Eviction {

    /**
     * A connection that came in.
     *
     * @param ofAddress
     *            how many came in from its address, it included
     * @param age
     *            nanoseconds since it came
     */
    record Candidate<C>(C connection, IpNetwork address, int ofAddress, long age, PeerStanding standing) {}

    private final long grace;
    private final int newcomersMax;

    /**
     * @param grace
     *            in nanoseconds
     */
    Eviction(long grace, int newcomersMax) {
        this.grace = grace;
        this.newcomersMax = newcomersMax;
    }

    /**
     * Whom to take, if anyone.
     *
     * @param inbound
     *            all that came in
     * @param newcomer
     *            where the newcomer is from; null when it is a dial of ours
     */
    <C> Optional<Candidate<C>> victim(Collection<Candidate<C>> inbound, @Nullable IpNetwork newcomer) {
        long newcomers = inbound.stream().filter(one -> one.address().equals(newcomer)).count();
        Comparator<Candidate<C>> leastWorth = Comparator.<Candidate<C>>comparingInt(one -> -one.ofAddress())
                .thenComparing(Candidate::standing);

        List<Candidate<C>> mayGo = inbound.stream().filter(one -> one.standing().makesRoom())
                .filter(one -> one.address().equals(newcomer) || one.ofAddress() > newcomers).toList();
        var grown = mayGo.stream().filter(one -> one.age() >= grace)
                .min(leastWorth.thenComparingLong(Candidate::age));
        boolean crowded = inbound.stream().filter(one -> one.age() < grace).count() >= newcomersMax;
        var young = mayGo.stream().filter(one -> one.age() < grace)
                .filter(one -> crowded || one.ofAddress() > newcomers + 1 && !one.address().equals(newcomer))
                .min(leastWorth.thenComparingLong(one -> -one.age()));
        return crowded ? young.or(() -> grown) : grown.or(() -> young);
    }
}
