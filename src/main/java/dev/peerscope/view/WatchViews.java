package dev.peerscope.view;

import java.util.Optional;

import dev.peerscope.block.Cid;
import dev.peerscope.engine.EngineReader;
import dev.peerscope.engine.EngineReader.HolderStatus;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.Watch;

/** Watches and how their blocks stand. */
public final class WatchViews {

    private final ExchangeNode node;
    private final EngineQuestions engine;

    /** Views of the watches of this node. */
    public WatchViews(ExchangeNode node) {
        this.node = node;
        this.engine = new EngineQuestions(node);
    }

    /** Some of the watches, the oldest first. */
    public Slice<WatchView, MadeKey> list(Optional<MadeKey> after, int limit) {
        var watches = MadeKey.following(after, limit, node.watches().all(), WatchViews::keyOf);
        return engine.ask(reader -> Slice.of(watches, limit, watch -> shape(watch, reader), WatchViews::keyOf));
    }

    /** The watch with this id. */
    public Optional<WatchView> find(String id) {
        return node.watches().find(id).map(this::of);
    }

    /** The view of a watch. */
    public WatchView of(Watch watch) {
        return engine.ask(reader -> shape(watch, reader));
    }

    private static MadeKey keyOf(Watch watch) {
        return new MadeKey(watch.createdAt(), watch.id());
    }

    private static WatchView shape(Watch watch, EngineReader reader) {
        Optional<HolderStatus> status = reader.holder(watch.id());
        var copies = status.map(HolderStatus::distributedCopies);
        return new WatchView(watch.id(), watch.createdAt(), watch.state().text(),
                watch.treeCid().map(Cid::toString).orElse(null), watch.manifestCid().map(Cid::toString).orElse(null),
                watch.blockCount().isPresent() ? watch.blockCount().getAsLong() : null,
                status.map(HolderStatus::peers).orElse(0),
                copies.isPresent() && copies.get().isPresent() ? copies.get().getAsDouble() : null,
                watch.failure().orElse(null));
    }
}
