package dev.peerscope.node;

import java.util.List;
import java.util.function.ToLongFunction;

import dev.peerscope.engine.EngineLimits;
import dev.peerscope.engine.EngineReader;
import dev.peerscope.engine.EngineReader.PeerStatus;
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

    /** On the engine's thread. Prices and owed answers of a peer are counted by the engine alone, when they are met. */
    List<LimitUse> read(EngineReader reader) {
        EngineLimits engine = settings.engineLimits();
        NodeLimits node = settings.limits();
        var peers = reader.peers();
        long wants = reader.counts().wants().values().stream().mapToLong(Long::longValue).sum();
        long outbound = links.all().stream().mapToLong(PeerLink::outboundBytes).max().orElse(0);
        return List.of(new LimitUse(LimitName.PEERS, engine.peers(), peers.size()),
                new LimitUse(LimitName.PEER_WANT_LIST, engine.peerWantList(), most(peers, PeerStatus::wantCount)),
                new LimitUse(LimitName.PEER_PRESENCES, engine.peerPresences(),
                        most(peers, peer -> peer.haveCount() + peer.deniedCount())),
                new LimitUse(LimitName.WANTS, engine.wants(), wants),
                new LimitUse(LimitName.WANT_HOLDERS, engine.wantHolders(), budget.holders()),
                new LimitUse(LimitName.ENGINE_INBOX, node.inboxMessages(), loop.inboxMessages()),
                new LimitUse(LimitName.VERIFICATION_QUEUE, node.verificationQueue(), storage.verifying()),
                new LimitUse(LimitName.PEER_OUTBOUND, node.peerOutboundBytes(), outbound),
                new LimitUse(LimitName.BLOCK_STORE, store.capacityBytes(), store.bytesStored()));
    }

    private static long most(List<PeerStatus> peers, ToLongFunction<PeerStatus> use) {
        return peers.stream().mapToLong(use).max().orElse(0);
    }
}
