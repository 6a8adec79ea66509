package dev.peerscope.node;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.Cid;
import dev.peerscope.dataset.Manifest;
import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.WantHolder;
import dev.peerscope.engine.WantMode;

/**
 * The watches of this node: who has these blocks is asked of every peer again and again, the blocks themselves never. A
 * watch of a manifest fetches that one block first. Safe for use by any thread.
 */
public final class Watches {

    private final EngineLoop loop;
    private final ManifestFetcher manifests;
    private final WantBudget budget;
    private final Revision revision;
    private final InstantSource clock;
    private final Map<String, Entry> watches = new LinkedHashMap<>();

    Watches(EngineLoop loop, ManifestFetcher manifests, WantBudget budget, Revision revision, InstantSource clock) {
        this.loop = loop;
        this.manifests = manifests;
        this.budget = budget;
        this.revision = revision;
        this.clock = clock;
    }

    /**
     * Begins to watch.
     *
     * @throws UnusableContent
     *             when this can never be watched
     * @throws LimitMetException
     *             when there are too many watches and downloads, or too many wants
     */
    public Watch create(WantedContent content) {
        // Not under the lock: they may be many.
        return create(content, WantedBlocks.of(content));
    }

    private synchronized Watch create(WantedContent content, Optional<WantedBlocks> blocks) {
        budget.takeHolder();
        var entry = new Entry(UUID.randomUUID().toString(), clock.instant(), content);
        try {
            blocks.ifPresent(known -> activate(entry, known));
        } catch (RuntimeException e) {
            budget.giveBack(entry.heldBlocks());
            throw e;
        }
        watches.put(entry.id, entry);
        revision.changed();
        if (content instanceof WantedContent.OfManifest(Cid manifestCid)) {
            Background.whenDone(manifests.fetch(entry.id, manifestCid), "watching a manifest's dataset",
                    (manifest, failure) -> resolved(entry.id, manifest, failure));
        }
        return entry.snapshot();
    }

    /** The oldest first. */
    public synchronized List<Watch> all() {
        return watches.values().stream().map(Entry::snapshot).toList();
    }

    public synchronized Optional<Watch> find(String id) {
        return Optional.ofNullable(watches.get(id)).map(Entry::snapshot);
    }

    /** What the watches tell of datasets. */
    synchronized List<DescribedDataset> datasets() {
        return watches.values().stream().flatMap(entry -> entry.dataset().stream()).toList();
    }

    /** Ends a watch; the wants that nothing else holds are withdrawn. False if there is none of this id. */
    public synchronized boolean delete(String id) {
        var entry = watches.remove(id);
        if (entry == null) {
            return false;
        }
        manifests.forget(id);
        budget.giveBack(entry.heldBlocks());
        loop.submit(new EngineInput.WantsReleased(id));
        revision.changed();
        return true;
    }

    private synchronized void resolved(String id, @Nullable Manifest manifest, @Nullable Throwable failure) {
        var entry = watches.get(id);
        if (entry == null) {
            return;
        }
        loop.submit(new EngineInput.WantsReleased(id));
        try {
            if (manifest == null) {
                entry.fail(failure);
            } else {
                activate(entry, WantedBlocks.of(manifest));
                entry.manifest = Optional.of(manifest);
            }
        } catch (RuntimeException e) {
            // Nobody is left who could tell: the watch says it, rather than staying resolving.
            entry.fail(e);
        }
        revision.changed();
    }

    private void activate(Entry entry, WantedBlocks blocks) {
        budget.takeBlocks(blocks.count());
        entry.state = WatchState.ACTIVE;
        entry.blocks = Optional.of(blocks);
        loop.submit(blocks.by(new WantHolder(entry.id, WantMode.WATCH)));
    }

    /** A watch as it stands; guarded by the watches. */
    private static final class Entry {

        final String id;
        final Instant createdAt;
        final WantedContent content;
        final Optional<Cid> manifestCid;
        WatchState state = WatchState.RESOLVING;
        Optional<WantedBlocks> blocks = Optional.empty();
        Optional<Manifest> manifest = Optional.empty();
        Optional<String> failure = Optional.empty();

        Entry(String id, Instant createdAt, WantedContent content) {
            this.id = id;
            this.createdAt = createdAt;
            this.content = content;
            this.manifestCid = content instanceof WantedContent.OfManifest(Cid cid)
                    ? Optional.of(cid)
                    : Optional.empty();
        }

        void fail(@Nullable Throwable why) {
            state = WatchState.FAILED;
            failure = Optional.of(UnusableContent.sentence(content, why));
        }

        long heldBlocks() {
            return blocks.map(WantedBlocks::count).orElse(0L);
        }

        Optional<DescribedDataset> dataset() {
            return DescribedDataset.of(content, manifest);
        }

        Watch snapshot() {
            var count = blocks.map(known -> OptionalLong.of(known.count())).orElse(OptionalLong.empty());
            return new Watch(id, createdAt, state, manifestCid, blocks.flatMap(WantedBlocks::treeCid), count, failure);
        }
    }
}
