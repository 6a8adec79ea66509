package dev.peerscope.view;

import java.util.OptionalLong;

import dev.peerscope.block.Cid;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.Watch;

/** How many leaves a tree has, as far as somebody here has been told. */
final class DatasetSizes {

    private final ExchangeNode node;

    DatasetSizes(ExchangeNode node) {
        this.node = node;
    }

    /** The most leaves that a watch of this tree speaks of. */
    OptionalLong leavesOf(Cid tree) {
        return node.watches().all().stream().filter(watch -> watch.treeCid().filter(tree::equals).isPresent())
                .map(Watch::blockCount).flatMapToLong(OptionalLong::stream).max();
    }
}
