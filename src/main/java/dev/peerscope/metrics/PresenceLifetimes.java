package dev.peerscope.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.ExchangeEventSink;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.peer.PeerId;

/**
 * Measures how long peers keep blocks available: from the event that a peer has them to the event that it has no more. A new
 * price goes on with the old time; a denial of what was had is an end.
 *
 * <p>
 * Blocks of a dataset that began together at a peer and end together are one observation, not one for each block, so that the
 * end of millions of blocks costs the engine's thread a few steps. Leaves that touch count as begun together within
 * {@link LeafIntervals#RESOLUTION}.
 *
 * <p>
 * What is followed is bounded, by ranges and single blocks, for each peer and for all. Blocks beyond that are counted as not
 * measured and leave no observation. On the engine's thread only.
 */
public final class PresenceLifetimes implements ExchangeEventSink {

    /** Ranges and single blocks that are followed at one peer, so that one that has every other block costs itself only. */
    static final int PEER_INTERVALS_MAX = 8_192;
    /** Ranges and single blocks that are followed at all peers together; some 100 bytes each. */
    static final int INTERVALS_MAX = 131_072;

    /**
     * Why a presence that was had can end. A node that stops ends what it knows, not what peers have, and takes its meters with it;
     * and no presence is ever evicted to make room for another.
     */
    static final Set<PresenceReason> ENDS = Collections.unmodifiableSet(EnumSet.of(PresenceReason.DONT_HAVE_RECEIVED,
            PresenceReason.NOT_CONFIRMED, PresenceReason.PROVEN_WRONG, PresenceReason.DELIVERED,
            PresenceReason.RELEASED,
            PresenceReason.PEER_DEPARTED, PresenceReason.PEER_DROPPED, PresenceReason.PEER_TIMEOUT,
            PresenceReason.OPERATOR));

    private static final List<Duration> BUCKETS = List.of(Duration.ofMinutes(1), Duration.ofHours(1),
            Duration.ofDays(1));

    private final Map<PresenceReason, Timer> lifetimes = new EnumMap<>(PresenceReason.class);
    private final LimitRegister tally;
    private final InstantSource steady;
    private final Map<PeerId, PeerIntervals> peers = new HashMap<>();
    private final IntervalRoom room;
    private final int peerMax;

    /** Read by any thread. */
    private volatile int open;

    /**
     * Registers every series.
     *
     * @param tally
     *            counts the blocks that are not measured
     */
    public PresenceLifetimes(MeterRegistry registry, LimitRegister tally) {
        this(registry, tally, () -> Instant.EPOCH.plusNanos(System.nanoTime()), INTERVALS_MAX, PEER_INTERVALS_MAX);
    }

    /** @param steady is never set, as the clock may be by which events have their times */
    PresenceLifetimes(MeterRegistry registry, LimitRegister tally, InstantSource steady, int max, int peerMax) {
        this.steady = steady;
        var meters = new Meters(registry);
        ENDS.forEach(reason -> lifetimes.put(reason,
                meters.timer(PeerscopeMeter.PRESENCE_LIFETIME, BUCKETS, reason.text())));
        this.tally = tally;
        this.room = IntervalRoom.of(max);
        this.peerMax = peerMax;
        tally.register(LimitName.PRESENCE_LIFETIMES, max, () -> open);
    }

    @Override
    public void accept(ExchangeEvent event) {
        switch (event) {
            case PresenceChanged changed -> {
                changed(changed);
                open = room.taken();
            }
            case ExchangeEvent.PeerLeft left -> {
                left(left.peer());
                open = room.taken();
            }
            case ExchangeEvent.PeerJoined _,ExchangeEvent.PresenceTold _,ExchangeEvent.WantListChanged _,ExchangeEvent.BlocksReceived _,ExchangeEvent.BlockRetrieved _,ExchangeEvent.BlocksDelivered _,ExchangeEvent.ClaimsSettled _,ExchangeEvent.FetchFailed _,ExchangeEvent.AccountReceived _,ExchangeEvent.LimitMet _ -> {
                // None of these begins or ends a presence.
            }
        }
    }

    private void changed(PresenceChanged changed) {
        switch (changed.change()) {
            case ADDED -> begin(changed);
            // Of a block that was unknown nothing is open, and nothing is found.
            case REMOVED, DENIED -> end(changed);
            case REPRICED, UNDENIED -> {
                // Had before and after, or neither.
            }
        }
    }

    private void begin(PresenceChanged added) {
        var intervals = peers.computeIfAbsent(added.peer(), _ -> new PeerIntervals(room.share(peerMax)));
        tally.met(LimitName.PRESENCE_LIFETIMES, intervals.begin(added.blocks(), steady.instant()));
    }

    private void end(PresenceChanged ended) {
        var intervals = peers.get(ended.peer());
        if (intervals != null) {
            var found = intervals.end(ended.blocks());
            tally.met(LimitName.PRESENCE_LIFETIMES, found.left());
            var endedAt = steady.instant();
            found.begun().forEach(begunAt -> record(ended.reason(), begunAt, endedAt));
        }
    }

    private void record(PresenceReason reason, Instant begunAt, Instant endedAt) {
        var lifetime = lifetimes.get(reason);
        if (lifetime != null) {
            lifetime.record(Duration.between(begunAt, endedAt));
        }
    }

    private void left(PeerId peer) {
        var intervals = peers.remove(peer);
        if (intervals != null) {
            intervals.clear();
        }
    }

    /** Ranges and single blocks that are followed now. */
    int open() {
        return open;
    }
}
