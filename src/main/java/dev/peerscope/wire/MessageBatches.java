package dev.peerscope.wire;

import java.util.ArrayList;
import java.util.List;

import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;

/** Splits what is to be said into messages of the size that a dialect's peers expect, keeping its order. */
public final class MessageBatches {

    private final BatchLimits limits;

    public MessageBatches(BatchLimits limits) {
        this.limits = limits;
    }

    /** The want-list in as many messages as it takes; {@code full} is said by the first only. None for an empty list. */
    public List<ExchangeMessage> ofWantList(WantList wantList) {
        List<WantListEntry> entries = wantList.entries();
        List<ExchangeMessage> batches = new ArrayList<>();
        for (int from = 0; from < entries.size(); from += limits.wantListEntries()) {
            int to = Math.min(entries.size(), from + limits.wantListEntries());
            boolean full = wantList.full() && from == 0;
            batches.add(ExchangeMessage.of(new WantList(entries.subList(from, to), full)));
        }
        return batches;
    }

    /** The presences in as many messages as it takes; a run that does not fit is cut. */
    public List<ExchangeMessage> ofPresences(List<BlockPresence> presences) {
        List<ExchangeMessage> batches = new ArrayList<>();
        List<BlockPresence> batch = new ArrayList<>();
        long room = limits.presences();
        for (BlockPresence presence : presences) {
            BlockSet rest = presence.blocks();
            while (rest.count() > room) {
                if (room > 0) {
                    BlockSet.Leaves run = (BlockSet.Leaves) rest;
                    BlockRanges head = firstOf(run.ranges(), room);
                    batch.add(new BlockPresence(new BlockSet.Leaves(run.treeCid(), head), presence.type(),
                            presence.price()));
                    rest = new BlockSet.Leaves(run.treeCid(), run.ranges().minus(head));
                }
                batches.add(ExchangeMessage.ofPresences(batch));
                batch = new ArrayList<>();
                room = limits.presences();
            }
            batch.add(new BlockPresence(rest, presence.type(), presence.price()));
            room -= rest.count();
        }
        if (!batch.isEmpty()) {
            batches.add(ExchangeMessage.ofPresences(batch));
        }
        return batches;
    }

    /** The deliveries in as many messages as it takes. */
    public List<ExchangeMessage> ofDeliveries(List<BlockDelivery> deliveries) {
        List<ExchangeMessage> batches = new ArrayList<>();
        int from = 0;
        while (from < deliveries.size()) {
            int to = endOfBatch(deliveries, from);
            batches.add(ExchangeMessage.ofDeliveries(deliveries.subList(from, to)));
            from = to;
        }
        return batches;
    }

    /** At least one delivery, then as many as both bounds allow. */
    private int endOfBatch(List<BlockDelivery> deliveries, int from) {
        int countEnd = Math.min(deliveries.size(), from + limits.deliveries());
        long bytes = deliveries.get(from).block().data().length;
        int to = from + 1;
        while (to < countEnd && bytes + deliveries.get(to).block().data().length <= limits.deliveryBytes()) {
            bytes += deliveries.get(to).block().data().length;
            to++;
        }
        return to;
    }

    /** The lowest {@code count} indices of a set that has more. */
    private static BlockRanges firstOf(BlockRanges ranges, long count) {
        BlockRanges.Builder head = BlockRanges.builder();
        long left = count;
        for (int i = 0; left > 0; i++) {
            long take = Math.min(left, ranges.last(i) - ranges.first(i) + 1);
            head.add(ranges.first(i), ranges.first(i) + take - 1);
            left -= take;
        }
        return head.build();
    }
}
