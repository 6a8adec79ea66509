package dev.peerscope.metrics;

import java.util.EnumSet;
import java.util.Set;

import io.micrometer.core.instrument.Counter;
import dev.peerscope.event.ExchangeEvent.WantListChanged;
import dev.peerscope.event.WantListChange;
import dev.peerscope.event.WantListReason;

/** Counts changes of peers' want-lists in blocks. */
final class WantListMeters {

    private final Meters meters;

    WantListMeters(Meters meters) {
        this.meters = meters;
        for (var change : WantListChange.values()) {
            reasonsOf(change).forEach(reason -> counter(change, reason));
        }
    }

    /** The reasons for which a change can happen; there are no series of the others. */
    static Set<WantListReason> reasonsOf(WantListChange change) {
        return switch (change) {
            case ADDED, UPDATED -> EnumSet.of(WantListReason.ASKED);
            case REMOVED -> EnumSet.complementOf(EnumSet.of(WantListReason.ASKED));
        };
    }

    private Counter counter(WantListChange change, WantListReason reason) {
        return meters.counter(PeerscopeMeter.PEER_WANT_CHANGES, change.text(), reason.text());
    }

    void count(WantListChanged changed) {
        counter(changed.change(), changed.reason()).increment(changed.blocks().size());
    }
}
