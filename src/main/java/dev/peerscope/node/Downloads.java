package dev.peerscope.node;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.Cid;
import dev.peerscope.dataset.Manifest;
import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.EngineReader;
import dev.peerscope.engine.WantHolder;
import dev.peerscope.engine.WantMode;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEventSink;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;

/**
 * The downloads of this node, running and ended.
 *
 * <p>
 * {@code RUNNING → DONE | FAILED | CANCELLED}. How many blocks are missing is the engine's to say: it is asked after blocks
 * were stored and now and then, so blocks that were held before, or came by another way, count as well. At its end a
 * download releases its wants. Ended ones are remembered up to a bound. Safe for use by any thread.
 */
public final class Downloads implements ExchangeEventSink, HeldBlocksListener {

    private final EngineLoop loop;
    private final ManifestFetcher manifests;
    private final WantBudget budget;
    private final Revision revision;
    private final int endedMax;
    private final InstantSource clock;
    private final Map<String, DownloadJob> jobs = new LinkedHashMap<>();
    /** Changed under the lock; read without it, which a storage thread may hold for long. */
    private volatile int endedCount;

    Downloads(EngineLoop loop, ManifestFetcher manifests, WantBudget budget, Revision revision, NodeLimits limits,
            InstantSource clock) {
        this.loop = loop;
        this.manifests = manifests;
        this.budget = budget;
        this.revision = revision;
        this.endedMax = limits.endedDownloads();
        this.clock = clock;
    }

    /**
     * Begins to fetch.
     *
     * @throws UnusableContent
     *             when this can never be fetched
     * @throws LimitMetException
     *             when there are too many watches and downloads, or too many wants
     */
    public Download create(WantedContent content) {
        // Not under the lock: they may be many.
        return create(content, WantedBlocks.of(content));
    }

    private synchronized Download create(WantedContent content, Optional<WantedBlocks> blocks) {
        budget.takeHolder();
        var job = new DownloadJob(UUID.randomUUID().toString(), content, clock.instant());
        try {
            blocks.ifPresent(known -> begin(job, known, Optional.empty()));
        } catch (RuntimeException e) {
            budget.giveBack(job.heldBlocks());
            throw e;
        }
        jobs.put(job.id, job);
        revision.changed();
        if (content instanceof WantedContent.OfManifest(Cid manifestCid)) {
            follow(job, manifests.fetch(job.id, manifestCid),
                    manifest -> begin(job, WantedBlocks.of(manifest), Optional.of(manifest)));
        }
        return job.snapshot();
    }

    /** The oldest first. */
    public synchronized List<Download> all() {
        return jobs.values().stream().map(DownloadJob::snapshot).toList();
    }

    public synchronized Optional<Download> find(String id) {
        return Optional.ofNullable(jobs.get(id)).map(DownloadJob::snapshot);
    }

    /** What the downloads tell of datasets. */
    synchronized List<DescribedDataset> datasets() {
        return jobs.values().stream().flatMap(job -> job.dataset().stream()).toList();
    }

    /** Cancels a running download, which stays in the list; takes an ended one off it. False if there is none. */
    public synchronized boolean delete(String id) {
        var job = jobs.get(id);
        if (job == null) {
            return false;
        }
        if (job.isRunning()) {
            end(job, DownloadState.CANCELLED, Optional.empty());
        } else {
            jobs.remove(id);
            endedCount--;
            revision.changed();
        }
        return true;
    }

    /** A block was given up. */
    @Override
    public void accept(ExchangeEvent event) {
        if (event instanceof ExchangeEvent.FetchFailed failed) {
            givenUp(failed);
        }
    }

    private synchronized void givenUp(ExchangeEvent.FetchFailed failed) {
        var job = jobs.get(failed.holder());
        if (job != null && job.isFetching()) {
            end(job, DownloadState.FAILED, Optional.of("no peer delivered block " + failed.blocks()
                    + " after as many tries as are allowed"));
        }
    }

    @Override
    public void held(List<HeldBlock> blocks) {
        for (var job : fetching()) {
            // Not under the lock, which the engine's thread and readers take.
            long bytes = job.bytesAmong(blocks);
            synchronized (this) {
                job.fetched(bytes);
            }
        }
    }

    /** Makes its limit known. */
    void register(LimitRegister register) {
        register.register(LimitName.ENDED_DOWNLOADS, endedMax, () -> endedCount);
    }

    /** Asks the engine how the running ones stand; called by a timer. */
    void refresh() {
        for (var job : fetching()) {
            take(job, loop.read(reader -> missing(reader, job)));
        }
    }

    private synchronized List<DownloadJob> fetching() {
        return jobs.values().stream().filter(DownloadJob::isFetching).toList();
    }

    /** Goes on with what a download waits for, or ends it: nobody else would learn of a failure. */
    private <T> void follow(DownloadJob job, CompletableFuture<T> awaited, Consumer<T> then) {
        Background.whenDone(awaited, "download " + job.id, (value, failure) -> {
            synchronized (this) {
                if (!job.isRunning() || failure instanceof NodeBusy || failure instanceof NodeNotRunning) {
                    // A question that was not answered is asked again by the timer.
                    return;
                }
                try {
                    if (value == null) {
                        fail(job, failure);
                    } else {
                        then.accept(value);
                    }
                } catch (RuntimeException e) {
                    fail(job, e);
                }
            }
        });
    }

    private void fail(DownloadJob job, @Nullable Throwable why) {
        end(job, DownloadState.FAILED, Optional.of(UnusableContent.sentence(job.content, why)));
    }

    private void begin(DownloadJob job, WantedBlocks blocks, Optional<Manifest> manifest) {
        budget.takeBlocks(blocks.count());
        job.begin(blocks, manifest);
        revision.changed();
        take(job, loop.submit(blocks.by(new WantHolder(job.id, WantMode.FETCH)), reader -> missing(reader, job)));
    }

    private static long missing(EngineReader reader, DownloadJob job) {
        return reader.remaining(job.id);
    }

    private void take(DownloadJob job, CompletableFuture<Long> missing) {
        follow(job, missing, count -> {
            if (job.remaining(count)) {
                end(job, DownloadState.DONE, Optional.empty());
            }
        });
    }

    private void end(DownloadJob job, DownloadState how, Optional<String> why) {
        job.end(how, clock.instant(), why);
        manifests.forget(job.id);
        budget.giveBack(job.heldBlocks());
        loop.submit(new EngineInput.WantsReleased(job.id));
        var ended = new ArrayList<>(jobs.values());
        ended.removeIf(DownloadJob::isRunning);
        for (int i = 0; i < ended.size() - endedMax; i++) {
            jobs.remove(ended.get(i).id);
            loop.tellLimitMet(LimitName.ENDED_DOWNLOADS);
        }
        endedCount = Math.min(ended.size(), endedMax);
        revision.changed();
    }
}
