package dev.peerscope.node;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.dataset.InvalidManifest;
import dev.peerscope.dataset.Manifest;
import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.WantHolder;
import dev.peerscope.engine.WantMode;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEventSink;
import dev.peerscope.store.BlockStore;
import dev.peerscope.store.BlockStore.StoredBlock;

/**
 * Gets manifests: from the store if they are held, otherwise from peers, as a want in mode fetch under the id of the watch
 * or download that needs it.
 */
final class ManifestFetcher implements ExchangeEventSink, HeldBlocksListener {

    private final EngineLoop loop;
    private final BlockStore store;
    private final Executor storage;
    private final Map<String, Fetch> fetches = new ConcurrentHashMap<>();

    ManifestFetcher(EngineLoop loop, BlockStore store, Executor storage) {
        this.loop = loop;
        this.store = store;
        this.storage = storage;
    }

    /** A manifest that someone waits for. */
    private record Fetch(Cid cid, CompletableFuture<Manifest> manifest) {}

    /**
     * Completes on a storage thread or the engine's; fails with {@link UnusableContent} when it cannot be had or is none.
     */
    CompletableFuture<Manifest> fetch(String holder, Cid cid) {
        var fetch = new Fetch(cid, new CompletableFuture<>());
        // Registered before the store is looked at: what is stored from here on is told to held().
        fetches.put(holder, fetch);
        lookSoon(holder, fetch);
        return fetch.manifest;
    }

    /**
     * Whoever takes the fetch off the map releases the holder's wants after that. The engine is asked under the lock that
     * taking it off needs, so it hears of the want before the release, or not at all.
     */
    private void askPeers(String holder, Fetch fetch) {
        fetches.computeIfPresent(holder, (_, present) -> {
            if (present.equals(fetch)) {
                loop.submit(new EngineInput.BlocksWanted(new WantHolder(holder, WantMode.FETCH),
                        List.of(new BlockSet.Single(fetch.cid))));
            }
            return present;
        });
    }

    /** Nobody waits for this holder's manifest any more. */
    void forget(String holder) {
        fetches.remove(holder);
    }

    @Override
    public void held(List<HeldBlock> blocks) {
        if (!fetches.isEmpty()) {
            var addresses = blocks.stream().map(HeldBlock::address).collect(Collectors.toSet());
            fetches.forEach((holder, fetch) -> {
                if (addresses.contains(new BlockAddress.Standalone(fetch.cid))) {
                    lookSoon(holder, fetch);
                }
            });
        }
    }

    @Override
    public void accept(ExchangeEvent event) {
        if (event instanceof ExchangeEvent.FetchFailed failed) {
            var fetch = Optional.ofNullable(fetches.remove(failed.holder()));
            fetch.ifPresent(one -> one.manifest.completeExceptionally(
                    new UnusableContent("no peer delivered the manifest " + one.cid + " after many tries")));
        }
    }

    private void lookSoon(String holder, Fetch fetch) {
        storage.execute(Background.repeated("looking for manifest " + fetch.cid, () -> look(holder, fetch)));
    }

    /** Reads the manifest if it is held, and asks peers for it otherwise. */
    private void look(String holder, Fetch fetch) {
        try {
            var stored = store.get(new BlockAddress.Standalone(fetch.cid));
            if (stored.isEmpty()) {
                askPeers(holder, fetch);
            } else if (fetches.remove(holder, fetch)) {
                read(fetch, stored.get());
            }
        } catch (RuntimeException | Error e) {
            // Whoever waits for the manifest is told, rather than left waiting.
            if (fetches.remove(holder, fetch)) {
                fetch.manifest
                        .completeExceptionally(new UnusableContent("the store of blocks failed while the manifest "
                                + fetch.cid + " was looked for; the log of the service has the details"));
            }
            throw e;
        }
    }

    private static void read(Fetch fetch, StoredBlock stored) {
        try {
            fetch.manifest.complete(Manifest.of(stored.block()));
        } catch (InvalidManifest e) {
            fetch.manifest.completeExceptionally(
                    new UnusableContent("the block " + fetch.cid + " holds no manifest: " + e.getMessage()));
        } catch (RuntimeException | Error e) {
            fetch.manifest.completeExceptionally(e);
        }
    }
}
