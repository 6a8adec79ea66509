package dev.peerscope.view;

import java.util.Optional;
import java.util.OptionalLong;

import dev.peerscope.block.Cid;
import dev.peerscope.node.DescribedDataset;
import dev.peerscope.node.ExchangeNode;

/** How many leaves a tree has, as far as a watch or download here tells. */
final class DatasetSizes {

    private final ExchangeNode node;

    DatasetSizes(ExchangeNode node) {
        this.node = node;
    }

    /** Leaves of this tree; empty where only some of them were named. */
    OptionalLong leavesOf(Cid tree) {
        return Optional.ofNullable(node.datasets().get(tree)).map(DescribedDataset::blockCount)
                .orElse(OptionalLong.empty());
    }
}
