package dev.peerscope.view;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.Cid;
import dev.peerscope.dataset.Manifest;
import dev.peerscope.engine.EngineReader;
import dev.peerscope.node.DescribedDataset;
import dev.peerscope.node.ExchangeNode;

/**
 * Datasets and how they stand. We know of those that a watch or download is about, and of those of which blocks are held here.
 */
public final class DatasetViews {

    private static final int RANGES_MAX = 1_000;

    private final ExchangeNode node;
    private final EngineQuestions engine;

    /** Views of the datasets that this node knows of. */
    public DatasetViews(ExchangeNode node) {
        this.node = node;
        this.engine = new EngineQuestions(node);
    }

    /** Datasets, ordered by the CID of their tree. */
    public Slice<DatasetView, Cid> datasets(Optional<Cid> after, int limit) {
        var described = node.datasets();
        return engine.ask(reader -> {
            var trees = new TreeSet<>(reader.heldTrees(after, limit + 1));
            trees.addAll(described.keySet());
            var following = after.map(cid -> trees.tailSet(cid, false)).orElse(trees);
            return Slice.of(following.stream().limit(limit + 1L).toList(), limit,
                    tree -> shape(tree, described(described, tree), reader), tree -> tree);
        });
    }

    /** One dataset; empty when we do not know of it. */
    public Optional<DatasetView> find(Cid tree) {
        var described = described(node.datasets(), tree);
        return Optional.of(engine.ask(reader -> shape(tree, described, reader)))
                .filter(dataset -> described.isPresent() || dataset.localBlocks() > 0);
    }

    /** How often its blocks are there, in at most so many buckets; empty when we do not know of the dataset. */
    public Optional<DatasetAvailabilityView> availability(Cid tree, int buckets) {
        var described = described(node.datasets(), tree);
        var count = blockCount(described);
        return engine.ask(reader -> described.isEmpty() && reader.tree(tree, count).held() == 0
                ? Optional.empty()
                : Optional.of(DatasetAvailabilityView.of(tree, orNull(count),
                        reader.availability(tree, count, buckets, RANGES_MAX))));
    }

    private static Optional<DescribedDataset> described(SortedMap<Cid, DescribedDataset> all, Cid tree) {
        return Optional.ofNullable(all.get(tree));
    }

    private static DatasetView shape(Cid tree, Optional<DescribedDataset> described, EngineReader reader) {
        var count = blockCount(described);
        var status = reader.tree(tree, count);
        var manifest = described.flatMap(DescribedDataset::manifest);
        return new DatasetView(tree.toString(),
                described.flatMap(DescribedDataset::manifestCid).map(Cid::toString).orElse(null),
                manifest.flatMap(Manifest::filename).orElse(null), manifest.flatMap(Manifest::mimetype).orElse(null),
                orNull(count), manifest.map(Manifest::blockSize).orElse(null),
                manifest.map(Manifest::datasetSize).orElse(null), status.held(), status.peers(),
                status.distributedCopies());
    }

    private static OptionalLong blockCount(Optional<DescribedDataset> described) {
        return described.map(DescribedDataset::blockCount).orElse(OptionalLong.empty());
    }

    private static @Nullable Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
