package dev.peerscope.metrics;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import dev.peerscope.engine.WantMode;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.MemoryBudget;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.RefusalReason;
import dev.peerscope.peer.Direction;

/**
 * Gauges of what the engine knows and of its bounds.
 *
 * <p>All gauges of one scrape show one answer of the engine: it is kept for a second, and where the engine does not answer within
 * half a second the last answer is shown again.
 */
public final class NodeGauges implements MeterBinder {

    private static final Duration KEPT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final ExchangeNode node;
    private final boolean codexNames;
    private NodeSnapshot snapshot = NodeSnapshot.EMPTY;
    private long takenAt;
    private boolean taken;

    /**
     * Gauges of this node.
     *
     * @param codexNames
     *            also under the name that a Codex node gives them
     */
    public NodeGauges(ExchangeNode node, boolean codexNames) {
        this.node = node;
        this.codexNames = codexNames;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        var meters = new Meters(registry);
        gauge(meters, PeerscopeMeter.PEERS, now -> now.counts().peersByDirection().getOrDefault(Direction.INBOUND, 0),
                "inbound");
        gauge(meters, PeerscopeMeter.PEERS, now -> now.counts().peersByDirection().getOrDefault(Direction.OUTBOUND, 0),
                "outbound");
        gauge(meters, PeerscopeMeter.PRESENCES, now -> now.counts().haves(), "have");
        gauge(meters, PeerscopeMeter.PRESENCES, now -> now.counts().denials(), "denied");
        for (var mode : WantMode.values()) {
            gauge(meters, PeerscopeMeter.WANTS, now -> now.counts().wants().getOrDefault(mode, 0L), mode.text());
        }
        gauge(meters, PeerscopeMeter.WANTS_UNAVAILABLE, now -> now.counts().wantsUnavailable());
        gauge(meters, PeerscopeMeter.PEER_WANTS, now -> now.counts().peerWantsHeld(), "held");
        gauge(meters, PeerscopeMeter.PEER_WANTS, now -> now.counts().peerWantsNotHeld(), "not_held");
        for (var size : HaveSetSize.values()) {
            gauge(meters, PeerscopeMeter.PEERS_BY_PRESENCES, now -> now.peersOf(size), size.text());
        }
        gauge(meters, PeerscopeMeter.PEERS_STALE, now -> now.counts().peersStale());
        meters.gauge(PeerscopeMeter.ENGINE_INBOX, node, ExchangeNode::inboxMessages);
        for (var reason : RefusalReason.values()) {
            meters.counter(PeerscopeMeter.CONNECTIONS_REFUSED, node.directory(), peers -> peers.refusals(reason),
                    reason.text());
        }
        if (codexNames) {
            gauge(meters, CodexMeter.PENDING_BLOCK_REQUESTS,
                    now -> now.counts().wants().getOrDefault(WantMode.FETCH, 0L));
        }
        bindLimits(meters);
    }

    private void bindLimits(Meters meters) {
        var limits = node.limits();
        for (var limit : LimitName.values()) {
            meters.gauge(PeerscopeMeter.LIMIT, limits, all -> all.use(limit).setting(), limit.text());
            if (limit.isStanding()) {
                meters.gauge(PeerscopeMeter.LIMIT_USED, limits, all -> all.use(limit).used(), limit.text());
            }
            meters.counter(PeerscopeMeter.LIMIT_MET, limits, all -> all.use(limit).met(), limit.text());
        }
        meters.gauge(PeerscopeMeter.MEMORY_BUDGET, limits.memory(), MemoryBudget::max);
        meters.gauge(PeerscopeMeter.MEMORY_BUDGET_USED, limits.memory(), MemoryBudget::used);
    }

    private void gauge(Meters meters, DocumentedMeter meter, ToDoubleFunction<NodeSnapshot> value, String... labels) {
        meters.gauge(meter, this, gauges -> value.applyAsDouble(gauges.now()), labels);
    }

    private synchronized NodeSnapshot now() {
        if (!taken || System.nanoTime() - takenAt > KEPT.toNanos()) {
            snapshot = ask();
            takenAt = System.nanoTime();
            taken = true;
        }
        return snapshot;
    }

    private NodeSnapshot ask() {
        try {
            return node.read(NodeSnapshot::of)
                    .completeOnTimeout(snapshot, PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (CompletionException e) {
            // Health tells that the engine does not answer; a scrape goes on with what is known.
            return snapshot;
        }
    }
}
