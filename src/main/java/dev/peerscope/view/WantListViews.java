package dev.peerscope.view;

import java.util.Optional;
import java.util.function.Function;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;
import dev.peerscope.engine.EngineReader.OwnWant;
import dev.peerscope.engine.EngineReader.PeerWant;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.peer.PeerId;

/** Want-lists: those of peers, and our own. A peer that is not connected wants nothing. */
public final class WantListViews {

    private final EngineQuestions engine;

    /** Views of the want-lists of this node and its peers. */
    public WantListViews(ExchangeNode node) {
        this.engine = new EngineQuestions(node);
    }

    /** What a peer has asked us for, in the order of asking; the key is the number of the last ask told, 0 for none. */
    public Slice<WantView, Long> ofPeer(PeerId peer, long after, int limit) {
        var read = engine.ask(reader -> reader.wantList(peer, after, limit + 1));
        return Slice.of(read, limit, WantView::of, PeerWant::number);
    }

    /** CIDs of trees and of blocks on their own that a peer has asked for, each once. */
    public Slice<String, Cid> cids(PeerId peer, Optional<Cid> after, int limit) {
        var read = engine.ask(reader -> reader.wantedCids(peer, after, limit + 1));
        return Slice.of(read, limit, Cid::toString, Function.identity());
    }

    /** Our own want-list. */
    public Slice<OwnWantView, BlockAddress> own(Optional<BlockAddress> after, int limit) {
        var read = engine.ask(reader -> reader.wants(after, limit + 1));
        return Slice.of(read, limit, OwnWantView::of, OwnWant::address);
    }
}
