package dev.peerscope.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.engine.EngineReader.PeerWant;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.WantListChange;
import dev.peerscope.event.WantListReason;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.MemoryKind;
import dev.peerscope.message.WantListEntry;

/**
 * Changes to a peer's want-list that one input makes. Changes of one kind that follow one another leave as one event, the last
 * of them on closing.
 */
final class WantListEdit implements AutoCloseable {

    private final PeerContext context;
    private final PeerWantList wantList;
    private final WanterIndex wanters;
    private final Outputs outputs;
    private final EngineLimits limits;

    private @Nullable WantListChange change;
    private WantListReason reason = WantListReason.ASKED;
    private final List<BlockAddress> changed = new ArrayList<>();
    private long turnedAway;

    WantListEdit(PeerContext context, PeerWantList wantList, WanterIndex wanters, Outputs outputs,
            EngineLimits limits) {
        this.context = context;
        this.wantList = wantList;
        this.wanters = wanters;
        this.outputs = outputs;
        this.limits = limits;
    }

    /** The peer asked for a block that we hold, or do not hold yet; turned away when its want-list is full. */
    void add(WantListEntry entry, boolean held) {
        if (wantList.size() >= limits.peerWantList()) {
            turnedAway++;
            return;
        }
        wantList.add(entry, outputs.wallTime(), held);
        wanters.add(entry.address(), context);
        note(WantListChange.ADDED, WantListReason.ASKED, entry.address());
    }

    /** The peer asked again; a change only if it did so in other words. */
    void update(PeerWant before, WantListEntry entry) {
        if (!before.entry().equals(entry)) {
            wantList.update(before, entry);
            note(WantListChange.UPDATED, WantListReason.ASKED, entry.address());
        }
    }

    void remove(BlockAddress address, WantListReason why) {
        if (wantList.remove(address)) {
            wanters.remove(address, context);
            note(WantListChange.REMOVED, why, address);
        }
    }

    private void note(WantListChange what, WantListReason why, BlockAddress address) {
        if (what != change || why != reason) {
            tell();
            change = what;
            reason = why;
        }
        changed.add(address);
    }

    private void tell() {
        if (change != null && !changed.isEmpty()) {
            outputs.happened(
                    new ExchangeEvent.WantListChanged(outputs.wallTime(), context.peer(), change, reason, changed));
            changed.clear();
        }
    }

    @Override
    public void close() {
        tell();
        context.use().count(LimitName.PEER_WANT_LIST, wantList.size());
        context.use().set(MemoryKind.WANT_LIST, wantList.bytes());
        if (turnedAway > 0) {
            outputs.limitMet(LimitName.PEER_WANT_LIST, Optional.of(context.peer()), turnedAway);
        }
    }
}
