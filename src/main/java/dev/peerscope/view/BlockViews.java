package dev.peerscope.view;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.engine.EngineReader.BlockKnowledge;
import dev.peerscope.engine.EngineReader.Holder;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.peer.PeerId;

/** What is known of one block over all peers. */
public final class BlockViews {

    private static final int PEERS_MAX = 10_000;

    private final EngineQuestions engine;

    /** Views of blocks as this node's peers have them. */
    public BlockViews(ExchangeNode node) {
        this.engine = new EngineQuestions(node);
    }

    /** Who has a block, who denied it, who wants it. */
    public BlockPeersView peers(BlockAddress address) {
        return shape(engine.ask(reader -> reader.block(address, PEERS_MAX)));
    }

    private static BlockPeersView shape(BlockKnowledge block) {
        var cheapest = block.cheapest().map(BlockViews::holder);
        return new BlockPeersView(AddressView.of(block.address()), block.wantedByUs(), block.heldByUs(),
                block.holders().stream().map(BlockViews::holder).toList(),
                block.deniers().stream().map(PeerId::toString).toList(), block.unknown(),
                block.wanters().stream().map(PeerId::toString).toList(), cheapest.orElse(null));
    }

    private static BlockPeersView.Holder holder(Holder holder) {
        return new BlockPeersView.Holder(holder.peer().toString(), holder.price().toString(), holder.confirmedAt());
    }
}
