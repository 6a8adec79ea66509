package dev.peerscope.metrics;

import java.util.List;
import java.util.stream.Stream;

import dev.peerscope.event.ExchangeEvent.WantListChanged;
import dev.peerscope.event.WantListChange;
import dev.peerscope.event.WantListReason;

/** Counts changes of peers' want-lists in blocks. */
final class WantListMeters {

    /** By the ordinal of the change. */
    private final List<Counters<WantListReason>> changes;

    WantListMeters(Meters meters) {
        changes = Stream.of(WantListChange.values()).map(change -> meters.counters(PeerscopeMeter.PEER_WANT_CHANGES,
                WantListReason.class, WantListReason::text, change.text())).toList();
    }

    void count(WantListChanged changed) {
        changes.get(changed.change().ordinal()).add(changed.reason(), changed.blocks().size());
    }
}
