package dev.peerscope.node;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

import dev.peerscope.engine.EngineLimits;
import dev.peerscope.engine.EngineReader;
import dev.peerscope.event.LimitName;
import dev.peerscope.store.BlockStore;

/** How near the node is to each of its bounds. */
final class LimitReport {

    private final NodeSettings settings;
    private final EngineLoop loop;
    private final StorageExecutor storage;
    private final BlockStore store;
    private final PeerLinks links;
    private final WantBudget budget;

    LimitReport(NodeSettings settings, EngineLoop loop, StorageExecutor storage, BlockStore store, PeerLinks links,
            WantBudget budget) {
        this.settings = settings;
        this.loop = loop;
        this.storage = storage;
        this.store = store;
        this.links = links;
        this.budget = budget;
    }

    /** On the engine's thread. */
    List<LimitUse> read(EngineReader reader) {
        EngineLimits engine = settings.engineLimits();
        NodeLimits node = settings.limits();
        var counts = reader.counts();
        var peer = reader.peerBoundsUse();
        return List.of(new LimitUse(LimitName.PEERS, engine.peers(), sum(counts.peersByDirection())),
                new LimitUse(LimitName.PEER_WANT_LIST, engine.peerWantList(), peer.wantList()),
                new LimitUse(LimitName.PEER_PRESENCES, engine.peerPresences(), peer.presences()),
                new LimitUse(LimitName.PEER_PRICES, engine.peerPrices(), peer.prices()),
                new LimitUse(LimitName.PEER_ANSWERS, engine.peerAnswers(), peer.answers()),
                new LimitUse(LimitName.WANTS, engine.wants(), sum(counts.wants())),
                new LimitUse(LimitName.WANT_HOLDERS, engine.wantHolders(), budget.holders()),
                new LimitUse(LimitName.ENGINE_INBOX, node.inboxMessages(), loop.inboxMessages()),
                new LimitUse(LimitName.VERIFICATION_QUEUE, node.verificationQueue(), storage.verifying()),
                new LimitUse(LimitName.PEER_OUTBOUND, node.peerOutboundBytes(),
                        most(PeerLink::outboundBytes)),
                new LimitUse(LimitName.PEER_STREAMS, node.peerIncomingStreams(), most(PeerLink::incomingStreams)),
                new LimitUse(LimitName.PARTIAL_MESSAGES, PartialMessages.peerMax(settings.wire()),
                        most(PeerLink::gatheredBytes)),
                new LimitUse(LimitName.BLOCK_STORE, store.capacityBytes(), store.bytesStored()));
    }

    private static long sum(Map<?, ? extends Number> counts) {
        return counts.values().stream().mapToLong(Number::longValue).sum();
    }

    private long most(ToLongFunction<PeerLink> use) {
        return links.all().stream().mapToLong(use).max().orElse(0);
    }
}
