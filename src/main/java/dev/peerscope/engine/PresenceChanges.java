package dev.peerscope.engine;

import java.util.Optional;
import java.util.function.Function;

import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;

/** What one input changes in what one peer told us: each change enters the index and leaves as an event with its reason. */
final class PresenceChanges implements HaveSet.Changes {

    private final PeerContext context;
    private final PresenceIndex index;
    private final Outputs outputs;
    private final Function<PresenceChange, PresenceReason> reasons;
    private long count;

    PresenceChanges(PeerContext context, PresenceIndex index, Outputs outputs,
            Function<PresenceChange, PresenceReason> reasons) {
        this.context = context;
        this.index = index;
        this.outputs = outputs;
        this.reasons = reasons;
    }

    @Override
    public void leavesChanged(Cid tree, TreePresence presence, RoaringBitmap leaves, Claim from, Claim to) {
        index.leavesChanged(context, tree, presence, leaves, from, to);
        happened(Bitmaps.toLeaves(tree, leaves), from, to);
    }

    @Override
    public void singlesChanged(TreePresence presence, RoaringBitmap blocks, Claim from, Claim to) {
        index.singlesChanged(context, presence, blocks, from, to);
        index.numbers().inOrder(blocks, Optional.empty())
                .forEach(cid -> happened(new BlockSet.Single(cid), from, to));
    }

    private void happened(BlockSet blocks, Claim from, Claim to) {
        PresenceChange change = from.changeTo(to);
        count += blocks.count();
        outputs.happened(new ExchangeEvent.PresenceChanged(outputs.wallTime(), context.peer(), change,
                reasons.apply(change), blocks, to.priceIfHad(), from.priceIfHad(), from.state()));
    }

    /** Blocks that changed so far. */
    long count() {
        return count;
    }
}
