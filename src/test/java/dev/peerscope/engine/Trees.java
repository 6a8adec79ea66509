package dev.peerscope.engine;

import java.util.List;

import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Price;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;

/** Trees of more leaves than there are letters. */
final class Trees {

    private Trees() {}

    static Cid tree(String name) {
        return Letters.cid(CodexCodec.ROOT, name);
    }

    static List<BlockSet> leaves(String tree, long first, long last) {
        return List.of(new BlockSet.Leaves(tree(tree), BlockRanges.of(first, last)));
    }

    static ExchangeMessage have(String tree, String ranges) {
        return ExchangeMessage.ofPresences(List.of(
                BlockPresence.have(new BlockSet.Leaves(tree(tree), BlockRanges.parse(ranges)), Price.ZERO)));
    }
}
