package dev.peerscope.view;

import java.util.Optional;
import java.util.OptionalDouble;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.Cid;
import dev.peerscope.engine.EngineReader;
import dev.peerscope.engine.EngineReader.HolderStatus;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.Watch;
import dev.peerscope.node.WatchState;

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

    /** An empty dataset has no rarest block, and so no copies of it. */
    private static @Nullable Double availability(Watch watch, OptionalDouble copies) {
        if (copies.isPresent()) {
            return copies.getAsDouble();
        }
        return watch.state() == WatchState.ACTIVE ? 0.0 : null;
    }

    private static WatchView shape(Watch watch, EngineReader reader) {
        Optional<HolderStatus> status = reader.holder(watch.id());
        Optional<OptionalDouble> copies = status.map(HolderStatus::distributedCopies);
        return new WatchView(watch.id(), watch.createdAt(), watch.state().text(),
                watch.treeCid().map(Cid::toString).orElse(null), watch.manifestCid().map(Cid::toString).orElse(null),
                watch.blockCount().isPresent() ? watch.blockCount().getAsLong() : null,
                status.map(HolderStatus::peers).orElse(0),
                copies.map(known -> availability(watch, known)).orElse(null),
                watch.failure().orElse(null));
    }
}
