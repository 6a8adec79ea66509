package dev.peerscope.engine;

import java.util.List;
import java.util.Optional;

import dev.peerscope.block.BlockSet;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.limit.LimitName;

/** Takes and gives back the wants of watches and downloads. */
final class OwnWants {

    private final PeerContextStore contexts;
    private final PendingBlocks pending;
    private final LocalBlocks local;
    private final Requests requests;
    private final Search search;
    private final BlockCancellation cancellation;
    private final EngineLimits limits;
    private final Outputs outputs;

    OwnWants(PeerContextStore contexts, PendingBlocks pending, LocalBlocks local, Requests requests, Search search,
            BlockCancellation cancellation, EngineBasics basics) {
        this.contexts = contexts;
        this.pending = pending;
        this.local = local;
        this.requests = requests;
        this.search = search;
        this.cancellation = cancellation;
        this.limits = basics.limits();
        this.outputs = basics.outputs();
    }

    /** All of it, or nothing if a bound is in the way. */
    void want(WantHolder holder, List<BlockSet> sets) {
        if (pending.holder(holder.id()).isEmpty() && pending.holders().size() >= limits.wantHolders()) {
            outputs.limitMet(LimitName.WANT_HOLDERS, Optional.empty(), 1);
        } else if (sets.stream().anyMatch(OwnWants::isBeyondIndices)) {
            outputs.limitMet(LimitName.WANTS, Optional.empty(), 1);
        } else {
            want(holder, AddressSet.ofSets(sets));
        }
    }

    private static boolean isBeyondIndices(BlockSet blocks) {
        return blocks instanceof BlockSet.Leaves(_, var ranges) && ranges.highest() > Bitmaps.INDEX_MAX;
    }

    private void want(WantHolder holder, AddressSet blocks) {
        AddressSet lasting = holder.mode() == WantMode.FETCH ? local.missingOf(blocks) : blocks;
        AddressSet news = lasting.minus(pending.wants());
        if (pending.wants().size() + news.size() > limits.wants()) {
            outputs.limitMet(LimitName.WANTS, Optional.empty(), 1);
            return;
        }
        PendingBlocks.Change begun = pending.want(holder, lasting, outputs.wallTime());
        if (!begun.wants().isEmpty()) {
            contexts.presence().wantsBegun(begun.wants());
            contexts.all().forEach(context -> context.wantsBegun(begun.wants()));
        }
        if (!begun.fetches().isEmpty()) {
            search.begin();
            requests.ask(begun.fetches());
        }
    }

    void release(String holder) {
        cancellation.cancelBlocks(pending.release(holder), PresenceReason.RELEASED);
        contexts.all().forEach(context -> context.refresh().wantsEnded());
    }
}
