package dev.peerscope.metrics;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import io.micrometer.core.instrument.Counter;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;

/** Counts presence changes in blocks, and which way prices went. */
final class PresenceChangeMeters {

    /**
     * Why presence changes, as far as it is counted. The engine turns a record away rather than evict another; and a node that
     * stops takes its meters with it.
     */
    static final Set<PresenceReason> REASONS = Collections.unmodifiableSet(
            EnumSet.complementOf(EnumSet.of(PresenceReason.LIMIT_EVICTED, PresenceReason.NODE_STOPPED)));

    /** For these a presence or a denial begins or goes on. */
    private static final Set<PresenceReason> NEVER_ENDS = EnumSet.of(PresenceReason.ANNOUNCED,
            PresenceReason.PRICE_CHANGED, PresenceReason.DONT_HAVE_RECEIVED);

    /** Nor is a denial taken back for a delivery, which is no claim to have the block. */
    private static final Set<PresenceReason> NEVER_UNDENIES = EnumSet.of(PresenceReason.PROVEN_WRONG,
            PresenceReason.ANNOUNCED, PresenceReason.PRICE_CHANGED, PresenceReason.DONT_HAVE_RECEIVED);

    private final Meters meters;
    private final Counters<PriceMove> prices;

    PresenceChangeMeters(Meters meters) {
        this.meters = meters;
        this.prices = meters.counters(PeerscopeMeter.PRESENCE_PRICES_CHANGED, PriceMove.class,
                move -> move.name().toLowerCase(Locale.ROOT));
        for (var change : PresenceChange.values()) {
            reasonsOf(change).forEach(reason -> counter(change, reason));
        }
    }

    /** The reasons for which a change can happen; there are no series of the others. */
    private static Set<PresenceReason> reasonsOf(PresenceChange change) {
        return switch (change) {
            case ADDED -> EnumSet.of(PresenceReason.ANNOUNCED);
            case REPRICED -> EnumSet.of(PresenceReason.PRICE_CHANGED);
            case DENIED -> EnumSet.of(PresenceReason.DONT_HAVE_RECEIVED);
            case REMOVED -> without(NEVER_ENDS);
            case UNDENIED -> without(NEVER_UNDENIES);
        };
    }

    private static Set<PresenceReason> without(Set<PresenceReason> reasons) {
        var rest = EnumSet.copyOf(REASONS);
        rest.removeAll(reasons);
        return rest;
    }

    private Counter counter(PresenceChange change, PresenceReason reason) {
        return meters.counter(PeerscopeMeter.PRESENCE_CHANGES, change.text(), reason.text());
    }

    void count(PresenceChanged changed) {
        if (!REASONS.contains(changed.reason())) {
            return;
        }
        long blocks = changed.blocks().count();
        counter(changed.change(), changed.reason()).increment(blocks);
        if (changed.change() == PresenceChange.REPRICED) {
            changed.price().ifPresent(now -> changed.previousPrice().ifPresent(
                    before -> prices.add(now.compareTo(before) > 0 ? PriceMove.UP : PriceMove.DOWN, blocks)));
        }
    }

    private enum PriceMove {
        UP, DOWN
    }
}
