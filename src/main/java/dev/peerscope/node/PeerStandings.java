package dev.peerscope.node;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

import dev.peerscope.event.BlockOutcome;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEventSink;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceState;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.PeerStanding;

/**
 * What each peer has shown in its session, summed up from the engine's events, so that it is known without asking the engine. Events
 * come on the engine's thread; any thread may read.
 */
final class PeerStandings implements ExchangeEventSink {

    private final ConcurrentMap<PeerId, Shown> peers = new ConcurrentHashMap<>();

    /** Written by one thread. */
    private static final class Shown {

        volatile boolean takesPart;
        volatile boolean delivered;
        /** Blocks that we want and that it says it has. */
        volatile long haves;

        PeerStanding standing() {
            if (delivered) {
                return PeerStanding.DELIVERED;
            }
            if (haves > 0) {
                return PeerStanding.HOLDING;
            }
            return takesPart ? PeerStanding.TAKING_PART : PeerStanding.SILENT;
        }
    }

    /** As far as it has shown; one that has not joined yet has shown nothing. */
    PeerStanding of(PeerId peer) {
        var shown = peers.get(peer);
        return shown == null ? PeerStanding.SILENT : shown.standing();
    }

    @Override
    public void accept(ExchangeEvent event) {
        switch (event) {
            case ExchangeEvent.PeerJoined joined -> peers.put(joined.peer(), new Shown());
            case ExchangeEvent.PeerLeft left -> peers.remove(left.peer());
            case ExchangeEvent.PresenceTold told when told.applied() + told.confirmed() > 0 ->
                update(told.peer(), shown -> shown.takesPart = true);
            case ExchangeEvent.PresenceChanged changed ->
                update(changed.peer(), shown -> shown.haves += haves(changed));
            // A block that it has asked for, or that was sent to it.
            case ExchangeEvent.WantListChanged changed -> update(changed.peer(), shown -> shown.takesPart = true);
            case ExchangeEvent.BlocksDelivered sent -> update(sent.peer(), shown -> shown.takesPart = true);
            case ExchangeEvent.BlocksReceived received when received.outcome() == BlockOutcome.OK ->
                update(received.peer(), shown -> shown.delivered = true);
            case ExchangeEvent.PresenceTold _,ExchangeEvent.BlocksReceived _,ExchangeEvent.BlockRetrieved _,ExchangeEvent.ClaimsSettled _,ExchangeEvent.FetchFailed _,ExchangeEvent.AccountReceived _,ExchangeEvent.LimitMet _ -> {
                // Says nothing new of what the peer is good for.
            }
        }
    }

    private void update(PeerId peer, Consumer<Shown> change) {
        var shown = peers.get(peer);
        if (shown != null) {
            change.accept(shown);
        }
    }

    /** How many more it has than before. */
    private static long haves(ExchangeEvent.PresenceChanged changed) {
        boolean had = changed.previousState() == PresenceState.HAVE;
        boolean has = changed.change() == PresenceChange.ADDED || changed.change() == PresenceChange.REPRICED;
        long blocks = changed.blocks().count();
        return (has ? blocks : 0) - (had ? blocks : 0);
    }
}
