package dev.peerscope.view;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import dev.peerscope.block.Cid;
import dev.peerscope.node.DescribedDataset;
import dev.peerscope.node.ExchangeNode;

/** How many leaves trees have, as far as watches and downloads tell at one moment; to be read once for an answer. */
record DatasetSizes(Map<Cid, DescribedDataset> described) {

    static DatasetSizes of(ExchangeNode node) {
        return new DatasetSizes(node.datasets());
    }

    /** Leaves of this tree; empty where only some of them were named. */
    OptionalLong leavesOf(Cid tree) {
        return Optional.ofNullable(described.get(tree)).map(DescribedDataset::blockCount)
                .orElse(OptionalLong.empty());
    }
}
