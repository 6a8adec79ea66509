package dev.peerscope.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.peerscope.engine.EngineReader;
import dev.peerscope.limit.LimitName;
import dev.peerscope.store.BlockStore;
import dev.peerscope.transport.TransportUse;

/** How near the node is to each of its bounds. */
final class LimitReport {

    private final NodeSettings settings;
    private final BlockStore store;
    private final List<Bounded> parts;

    LimitReport(NodeSettings settings, BlockStore store, List<Bounded> parts) {
        this.settings = settings;
        this.store = store;
        this.parts = List.copyOf(parts);
    }

    /** On the engine's thread. */
    List<LimitUse> read(EngineReader reader) {
        var limits = settings.engineLimits();
        var counts = reader.counts();
        var peer = reader.peerBoundsUse();
        var uses = new ArrayList<>(List.of(
                new LimitUse(LimitName.PEERS, limits.peers(), sum(counts.peersByDirection())),
                new LimitUse(LimitName.PEER_WANT_LIST, limits.peerWantList(), peer.wantList()),
                new LimitUse(LimitName.ALL_PEER_WANTS, limits.allPeerWants(),
                        counts.peerWantsHeld() + counts.peerWantsNotHeld()),
                new LimitUse(LimitName.PEER_PRESENCES, limits.peerPresences(), peer.presences()),
                new LimitUse(LimitName.PEER_PRICES, limits.peerPrices(), peer.prices()),
                new LimitUse(LimitName.PEER_ANSWERS, limits.peerAnswers(), peer.answers()),
                new LimitUse(LimitName.WANTS, limits.wants(), sum(counts.wants())),
                new LimitUse(LimitName.BLOCK_STORE, store.capacityBytes(), store.bytesStored())));
        uses.addAll(MessageLimits.uses(settings.wire()));
        parts.forEach(part -> uses.addAll(part.limitUses()));
        return uses;
    }

    private static long sum(Map<?, ? extends Number> counts) {
        return counts.values().stream().mapToLong(Number::longValue).sum();
    }

    /** With those of the host. */
    static List<LimitUse> with(List<LimitUse> uses, List<TransportUse> ofHost) {
        var all = new ArrayList<>(uses);
        ofHost.forEach(use -> all.add(new LimitUse(ConnectionLimits.nameOf(use.limit()), use.setting(), use.used())));
        return List.copyOf(all);
    }
}
