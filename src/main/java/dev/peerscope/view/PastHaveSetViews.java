package dev.peerscope.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.Cid;
import dev.peerscope.block.Price;
import dev.peerscope.journal.ChangeJournal;
import dev.peerscope.journal.PastPresence;
import dev.peerscope.journal.PeerPresence;
import dev.peerscope.journal.PeerPresence.Told;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.peer.PeerId;

/** What a peer had at a past time, as the journal tells. */
public final class PastHaveSetViews {

    private final ChangeJournal journal;
    private final ExchangeNode node;

    /** Views of this journal's past; the node knows how large datasets are. */
    public PastHaveSetViews(ChangeJournal journal, ExchangeNode node) {
        this.journal = journal;
        this.node = node;
    }

    /** When the last change became true that is kept. */
    public Instant lastAt() {
        return journal.status().disk().map(disk -> disk.archive().lastAt()).orElse(Instant.MIN);
    }

    /**
     * The have-set in short, as it was after the last change that became true at this time or before.
     *
     * @throws NoPastHaveSet when that cannot be said
     */
    public HaveSetView summary(PeerId peer, Instant at) {
        var past = journal.presenceAt(peer, at).orElseThrow(() -> new NoPastHaveSet(
                "this service keeps no history on disk; set peerscope.history.durable to true and restart"));
        return switch (past) {
            case PastPresence.Known(var presence, _) -> shape(peer, presence);
            case PastPresence.TooEarly(var earliest) -> throw new NoPastHaveSet(
                    "the history does not reach back to " + at + "; the earliest time is " + earliest, earliest);
            case PastPresence.Uncertain(var gap) ->
                throw new NoPastHaveSet("the changes " + gap.from() + " to " + gap.to()
                        + " before " + at
                        + " were not recorded, so what the peer had then cannot be told; it can from the next time on"
                        + " at which the peer joins or leaves");
        };
    }

    private HaveSetView shape(PeerId peer, PeerPresence presence) {
        var sizes = DatasetSizes.of(node);
        var datasets = presence.trees().entrySet().stream()
                .map(tree -> shape(tree.getKey(), tree.getValue(), sizes.leavesOf(tree.getKey())))
                .filter(dataset -> dataset.blockCount() > 0).toList();
        var singles = presence.singles().entrySet().stream().filter(single -> single.getValue().isHave()).toList();
        long leaves = datasets.stream().mapToLong(HaveSetView.Dataset::blockCount).sum();
        return new HaveSetView(peer.toString(), leaves + singles.size(), datasets,
                singles.stream().limit(HaveSetViews.SINGLES_MAX).map(single -> new HaveSetView.Single(
                        single.getKey().toString(), single.getValue().price().orElse(Price.ZERO).toString())).toList(),
                singles.size() > HaveSetViews.SINGLES_MAX, new HaveSetView.Denied(denied(presence)));
    }

    private static HaveSetView.Dataset shape(Cid tree, Map<Told, BlockRanges> told, OptionalLong total) {
        List<Price> prices = told.keySet().stream().flatMap(what -> what.price().stream()).toList();
        var had = told.entrySet().stream().filter(set -> set.getKey().isHave()).map(Map.Entry::getValue)
                .reduce(BlockRanges.EMPTY, BlockRanges::union);
        var shown = had.truncated(HaveSetViews.RANGES_MAX);
        return new HaveSetView.Dataset(tree.toString(), had.count(), total.isPresent() ? total.getAsLong() : null,
                shown.toString(), shown.rangeCount() < had.rangeCount(),
                prices.size() == 1 ? prices.getFirst().toString() : null, prices.size() > 1);
    }

    private static long denied(PeerPresence presence) {
        long leaves = presence.trees().values().stream()
                .mapToLong(told -> told.getOrDefault(Told.DENIED, BlockRanges.EMPTY).count()).sum();
        return leaves + presence.singles().values().stream().filter(what -> !what.isHave()).count();
    }
}
