package dev.peerscope.metrics;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import dev.peerscope.event.BlockOutcome;
import dev.peerscope.event.ClaimOutcome;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEvent.PeerLeft;
import dev.peerscope.event.ExchangeEvent.PresenceTold;
import dev.peerscope.event.ExchangeEventSink;
import dev.peerscope.metrics.MeterLabel.ToldOutcome;
import dev.peerscope.peer.Direction;

/** Counts what happens in the exchange. */
public final class EventMeters implements ExchangeEventSink {

    /** Why a session that is measured can end. A node that stops takes its meters with it: nobody would read that histogram. */
    static final Set<DepartureReason> SESSION_ENDS = Collections
            .unmodifiableSet(EnumSet.complementOf(EnumSet.of(DepartureReason.NODE_STOPPED)));

    private static final List<Duration> SESSIONS = List.of(Duration.ofMinutes(1), Duration.ofHours(1));
    private static final List<Duration> RETRIEVALS = List.of(Duration.ofMillis(10), Duration.ofMillis(100),
            Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1));

    private final Counters<Direction> joins;
    private final Counters<DepartureReason> departures;
    private final Map<DepartureReason, Timer> sessions = new EnumMap<>(DepartureReason.class);
    private final Counters<ToldOutcome> told;
    private final PresenceChangeMeters presenceChanges;
    private final WantListMeters wantLists;
    private final Counters<ClaimOutcome> claims;
    private final Counters<BlockOutcome> blocksReceived;
    private final Counters<BlockOutcome> bytesReceived;
    private final Counter blocksSent;
    private final Counter bytesSent;
    private final Timer retrieval;

    /** Registers every series. */
    public EventMeters(MeterRegistry registry) {
        var meters = new Meters(registry);
        joins = meters.counters(PeerscopeMeter.PEER_JOINS, Direction.class,
                direction -> direction.name().toLowerCase(Locale.ROOT));
        departures = meters.counters(PeerscopeMeter.PEER_DEPARTURES, DepartureReason.class, DepartureReason::text);
        SESSION_ENDS.forEach(
                reason -> sessions.put(reason, meters.timer(PeerscopeMeter.PEER_SESSION, SESSIONS, reason.text())));
        told = meters.counters(PeerscopeMeter.PRESENCE_RECORDS, ToldOutcome.class, ToldOutcome::text);
        presenceChanges = new PresenceChangeMeters(meters);
        wantLists = new WantListMeters(meters);
        claims = meters.counters(PeerscopeMeter.CLAIMS, ClaimOutcome.class, ClaimOutcome::text);
        blocksReceived = received(meters, PeerscopeMeter.BLOCKS);
        bytesReceived = received(meters, PeerscopeMeter.BLOCK_BYTES);
        // What we send was verified before it was stored: it has no other outcome.
        blocksSent = meters.counter(PeerscopeMeter.BLOCKS, "sent", BlockOutcome.OK.text());
        bytesSent = meters.counter(PeerscopeMeter.BLOCK_BYTES, "sent", BlockOutcome.OK.text());
        retrieval = meters.timer(PeerscopeMeter.BLOCK_RETRIEVAL, RETRIEVALS);
    }

    private static Counters<BlockOutcome> received(Meters meters, PeerscopeMeter meter) {
        return meters.counters(meter, BlockOutcome.class, BlockOutcome::text, "received");
    }

    @Override
    public void accept(ExchangeEvent event) {
        switch (event) {
            case ExchangeEvent.PeerJoined joined -> joins.add(joined.direction(), 1);
            case PeerLeft left -> left(left);
            case PresenceTold presence -> told(presence);
            case ExchangeEvent.PresenceChanged changed -> presenceChanges.count(changed);
            case ExchangeEvent.WantListChanged changed -> wantLists.count(changed);
            case ExchangeEvent.BlocksReceived received -> {
                blocksReceived.add(received.outcome(), received.blocks());
                bytesReceived.add(received.outcome(), received.bytes());
            }
            case ExchangeEvent.BlocksDelivered delivered -> {
                blocksSent.increment(delivered.blocks());
                bytesSent.increment(delivered.bytes());
            }
            case ExchangeEvent.BlockRetrieved retrieved -> retrieval.record(retrieved.took());
            case ExchangeEvent.ClaimsSettled settled -> claims.add(settled.outcome(), settled.blocks());
            case ExchangeEvent.FetchFailed _,ExchangeEvent.AccountReceived _,ExchangeEvent.LimitMet _ -> {
                // A failed download is the API's to tell, and limits have a tally of their own.
            }
        }
    }

    private void left(PeerLeft left) {
        departures.add(left.reason(), 1);
        var session = sessions.get(left.reason());
        if (session != null) {
            session.record(left.session());
        }
    }

    private void told(PresenceTold presence) {
        told.add(ToldOutcome.APPLIED, presence.applied());
        told.add(ToldOutcome.CONFIRMED, presence.confirmed());
        told.add(ToldOutcome.IGNORED, presence.ignored());
        told.add(ToldOutcome.REJECTED, presence.rejected());
    }
}
