package dev.peerscope.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.Cid;
import dev.peerscope.block.Price;
import dev.peerscope.engine.EngineReader.HaveSetSummary;
import dev.peerscope.engine.EngineReader.PeerStatus;
import dev.peerscope.engine.EngineReader.PresenceRecord;

/** Slices of what we know of one peer. */
final class ContextReader {

    private final PeerContext context;
    private final HaveSet haveSet;

    ContextReader(PeerContext context) {
        this.context = context;
        this.haveSet = context.haveSet();
    }

    PeerStatus status(AddressSet fetches) {
        return new PeerStatus(context.peer(), context.direction(), context.joinedAt(), haveSet.haveCount(),
                haveSet.deniedCount(), context.wantList().size(), context.requests().size(), context.counters(),
                context.lastExchangeAt(), haveSet.hasAnyOf(fetches), context.wantList().size() > 0,
                context.refresh().knowledge(), context.account());
    }

    HaveSetSummary haveSet(int rangesMax, int singlesMax) {
        List<EngineReader.TreePresence> trees = new ArrayList<>();
        haveSet.trees().forEach((tree, presence) -> trees.add(summary(tree, presence.claims(), rangesMax)));
        List<PresenceRecord> singles = singlesHad(Optional.empty()).limit(singlesMax).map(this::presenceOfSingle)
                .toList();
        return new HaveSetSummary(haveSet.haveCount(), haveSet.deniedCount(), trees, singles);
    }

    private static EngineReader.TreePresence summary(Cid tree, ClaimedLeaves claims, int rangesMax) {
        RoaringBitmap had = claims.had();
        BlockRanges oneMore = Bitmaps.toRanges(had, 0, rangesMax + 1);
        List<Price> prices = claims.prices();
        return new EngineReader.TreePresence(tree, had.getLongCardinality(), claims.denied().getLongCardinality(),
                oneMore.truncated(rangesMax), oneMore.rangeCount() > rangesMax,
                prices.size() == 1 ? Optional.of(prices.getFirst()) : Optional.empty());
    }

    List<PresenceRecord> presences(Optional<Cid> tree, Optional<BlockAddress> after, int limit) {
        List<PresenceRecord> records = new ArrayList<>();
        addLeaves(tree.map(this::onlyTree).orElseGet(haveSet::trees), after, limit, records);
        if (tree.isEmpty()) {
            singlesHad(after.flatMap(ContextReader::single)).limit(limit - records.size())
                    .map(this::presenceOfSingle).forEach(records::add);
        }
        return records;
    }

    private static Optional<Cid> single(BlockAddress address) {
        return address instanceof BlockAddress.Standalone(var cid) ? Optional.of(cid) : Optional.empty();
    }

    private Map<Cid, TreePresence> onlyTree(Cid tree) {
        TreePresence presence = haveSet.tree(tree);
        return presence == null ? Map.of() : Map.of(tree, presence);
    }

    private void addLeaves(Map<Cid, TreePresence> trees, Optional<BlockAddress> after, int limit,
            List<PresenceRecord> records) {
        for (var entry : trees.entrySet()) {
            RoaringBitmap had = entry.getValue().claims().had();
            PeekableIntIterator indices = Slices.indicesAfter(entry.getKey(), had, after);
            while (records.size() < limit && indices.hasNext()) {
                records.add(presence(new BlockAddress.Leaf(entry.getKey(), indices.next())));
            }
        }
    }

    private PresenceRecord presenceOfSingle(Cid cid) {
        return presence(new BlockAddress.Standalone(cid));
    }

    private Stream<Cid> singlesHad(Optional<Cid> after) {
        return haveSet.numbers().inOrder(haveSet.singles().claims().had(), after);
    }

    List<Cid> haveCids(Optional<Cid> after, int limit) {
        var cids = new TreeSet<Cid>();
        haveSet.trees().forEach((tree, presence) -> {
            if (!presence.claims().had().isEmpty()) {
                cids.add(tree);
            }
        });
        singlesHad(after).limit(limit).forEach(cids::add);
        return Slices.after(cids, after, limit);
    }

    PresenceRecord presence(BlockAddress address) {
        Claim claim = haveSet.claimOf(address);
        return new PresenceRecord(address, claim.state(), claim.priceIfHad(), haveSet.confirmedAt(address));
    }

    List<Cid> wantedCids(Optional<Cid> after, int limit) {
        var cids = new TreeSet<Cid>();
        context.wantList().addresses().forEach(address -> cids.add(address.cid()));
        return Slices.after(cids, after, limit);
    }
}
