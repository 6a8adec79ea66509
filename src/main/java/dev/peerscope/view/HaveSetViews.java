package dev.peerscope.view;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.Cid;
import dev.peerscope.block.Price;
import dev.peerscope.engine.EngineReader;
import dev.peerscope.engine.EngineReader.HaveSetSummary;
import dev.peerscope.engine.EngineReader.PresenceRecord;
import dev.peerscope.engine.EngineReader.TreePresence;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.peer.PeerId;

/** What a peer has, in several shapes. A peer that is not connected has nothing. */
public final class HaveSetViews {

    static final int RANGES_MAX = 1_000;
    static final int SINGLES_MAX = 1_000;
    private static final int BITFIELD_RANGES_AT_ONCE = 10_000;

    private final EngineQuestions engine;
    private final ExchangeNode node;

    /** Views of the have-sets of this node's peers. */
    public HaveSetViews(ExchangeNode node) {
        this.engine = new EngineQuestions(node);
        this.node = node;
    }

    /** The have-set in short. */
    public HaveSetView summary(PeerId peer) {
        var sizes = DatasetSizes.of(node);
        return shape(peer, engine.ask(reader -> reader.haveSet(peer, RANGES_MAX, SINGLES_MAX + 1)), sizes);
    }

    private static HaveSetView shape(PeerId peer, HaveSetSummary summary, DatasetSizes sizes) {
        var datasets = summary.trees().stream().filter(tree -> tree.haveCount() > 0)
                .map(tree -> shape(tree, sizes.leavesOf(tree.treeCid()))).toList();
        var singles = summary.singles().stream().limit(SINGLES_MAX).map(single -> new HaveSetView.Single(
                single.address().cid().toString(), single.price().orElse(Price.ZERO).toString())).toList();
        return new HaveSetView(peer.toString(), summary.haveCount(), datasets, singles,
                summary.singles().size() > SINGLES_MAX, new HaveSetView.Denied(summary.deniedCount()));
    }

    private static HaveSetView.Dataset shape(TreePresence tree, OptionalLong total) {
        return new HaveSetView.Dataset(tree.treeCid().toString(), tree.haveCount(),
                total.isPresent() ? total.getAsLong() : null, tree.ranges().toString(), tree.rangesTruncated(),
                tree.price().map(Price::toString).orElse(null), tree.price().isEmpty());
    }

    /** The blocks, one by one, within one tree if one is named. */
    public Slice<PresenceView, BlockAddress> blocks(PeerId peer, Optional<Cid> tree, Optional<BlockAddress> after,
            int limit) {
        var read = engine.ask(reader -> reader.presences(peer, tree, after, limit + 1));
        return Slice.of(read, limit, PresenceView::of, PresenceRecord::address);
    }

    /** CIDs of trees and of blocks on their own, each once. */
    public Slice<String, Cid> cids(PeerId peer, Optional<Cid> after, int limit) {
        var read = engine.ask(reader -> reader.haveCids(peer, after, limit + 1));
        return Slice.of(read, limit, Cid::toString, cid -> cid);
    }

    /** What is known of one block. */
    public BlockStateView block(PeerId peer, BlockAddress address) {
        return BlockStateView.of(engine.ask(reader -> reader.presence(peer, address)));
    }

    /** Ranges of leaves of one tree; the key is the last index told. */
    public Slice<String, Long> ranges(PeerId peer, Cid tree, long fromIndex, int limit) {
        BlockRanges read = engine.ask(reader -> reader.presentRanges(peer, tree, fromIndex, limit + 1));
        var kept = read.truncated(limit);
        var texts = kept.isEmpty() ? List.<String>of() : List.of(kept.toString().split(","));
        Optional<Long> next = read.rangeCount() > limit ? Optional.of(kept.highest()) : Optional.empty();
        return new Slice<>(texts, next);
    }

    /**
     * The leaves of one tree as BitTorrent lays out a bitfield: the first block is the high bit of the first byte. As long as the
     * dataset where its size is known, else as long as the highest leaf that the peer has demands.
     *
     * @throws BitfieldTooLong when it would take more than {@code bytesMax}
     */
    public byte[] bitfield(PeerId peer, Cid tree, int bytesMax) {
        long leaves = DatasetSizes.of(node).leavesOf(tree).orElse(0);
        return engine.ask(reader -> {
            var field = new Bitfield(leaves, bytesMax);
            fill(field, reader, peer, tree);
            return field.toBytes();
        });
    }

    private static void fill(Bitfield field, EngineReader reader, PeerId peer, Cid tree) {
        long from = 0;
        while (true) {
            var ranges = reader.presentRanges(peer, tree, from, BITFIELD_RANGES_AT_ONCE);
            ranges.forEachRange(field::set);
            if (ranges.rangeCount() < BITFIELD_RANGES_AT_ONCE) {
                return;
            }
            from = ranges.highest() + 1;
        }
    }
}
