package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

import org.junit.jupiter.api.Test;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;
import dev.peerscope.engine.EngineInput.BlocksWanted;
import dev.peerscope.engine.EngineLimits;
import dev.peerscope.node.HeldBlocksListener.HeldBlock;
import dev.peerscope.store.BlockStore;
import dev.peerscope.store.MemoryBlockStore;

class ManifestFetcherTest {

    private static final String HOLDER = "a watch";

    private final ScriptedEngine engine = new ScriptedEngine();
    private final EngineLoop loop = new EngineLoop(engine, NodeObserver.NONE, InstantSource.system(),
            NodeLimits.DEFAULT, () -> true);
    private final HookedStore store = new HookedStore();
    private final Queue<Runnable> storage = new ArrayDeque<>();
    private final ManifestFetcher manifests = new ManifestFetcher(loop, store, storage::add);
    private final Cid manifest = importedElsewhere();

    @Test
    void aManifestThatIsNotHeldIsAskedOfPeers() {
        manifests.fetch(HOLDER, manifest);
        storage.remove().run();

        assertThat(wanted()).hasSize(1);
    }

    @Test
    void aFetchForgottenBeforeTheStoreWasLookedAtWantsNothing() {
        manifests.fetch(HOLDER, manifest);

        manifests.forget(HOLDER);
        storage.remove().run();

        assertThat(wanted()).isEmpty();
    }

    @Test
    void aManifestThatComesWhileTheStoreIsLookedAtIsNotWantedAfterwards() {
        var fetched = manifests.fetch(HOLDER, manifest);
        store.afterReading = () -> {
            store.afterReading = () -> {};
            copyTo(store);
            manifests.held(List.of(new HeldBlock(new BlockAddress.Standalone(manifest), 1)));
            storage.remove().run();
        };

        storage.remove().run();

        assertThat(fetched).isCompleted();
        assertThat(wanted()).isEmpty();
    }

    @Test
    void whoWaitsForAManifestIsToldWhenTheStoreFails() {
        store.afterReading = () -> {
            throw new IllegalStateException("the disk is gone");
        };
        var watches = new Watches(loop, manifests, new WantBudget(EngineLimits.DEFAULT, loop), new Revision(),
                InstantSource.system());
        var downloads = new Downloads(loop, manifests, new WantBudget(EngineLimits.DEFAULT, loop), new Revision(),
                NodeLimits.DEFAULT,
                InstantSource.system());
        var watch = watches.create(new WantedContent.OfManifest(manifest));
        var download = downloads.create(new WantedContent.OfManifest(manifest));

        storage.forEach(Runnable::run);

        assertThat(watches.find(watch.id()).orElseThrow()).satisfies(failed -> {
            assertThat(failed.state()).isEqualTo(WatchState.FAILED);
            assertThat(failed.failure().orElseThrow()).contains("the store of blocks failed");
        });
        assertThat(downloads.find(download.id()).orElseThrow()).satisfies(failed -> {
            assertThat(failed.state()).isEqualTo(DownloadState.FAILED);
            assertThat(failed.failure().orElseThrow()).contains("the store of blocks failed");
        });
        assertThat(wanted()).isEmpty();
    }

    private List<BlocksWanted> wanted() {
        loop.start(new RecordingEffects(), List.of(), _ -> {});
        loop.close();
        return engine.inputs(BlocksWanted.class);
    }

    private static Cid importedElsewhere() {
        return copyTo(new MemoryBlockStore());
    }

    private static Cid copyTo(BlockStore store) {
        var content = new LocalContent(store, new EngineLoop(new ScriptedEngine(), NodeObserver.NONE,
                InstantSource.system(), NodeLimits.DEFAULT, () -> true), List.of());
        return content.importDataset(new byte[10], 1024, Optional.empty(), Optional.empty()).manifestCid();
    }
}
