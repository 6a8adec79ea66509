package dev.peerscope.node;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockSet;
import dev.peerscope.dataset.Manifest;

/** A download as it stands; guarded by {@link Downloads}. */
final class DownloadJob {

    final String id;
    final WantedContent content;
    private final Instant startedAt;
    private final RateMeter rate;
    private DownloadState state = DownloadState.RUNNING;
    private Optional<WantedBlocks> blocks = Optional.empty();
    private Optional<Manifest> manifest = Optional.empty();
    private long blocksDone;
    private long bytesFetched;
    private Optional<Instant> finishedAt = Optional.empty();
    private Optional<String> failure = Optional.empty();

    DownloadJob(String id, WantedContent content, Instant startedAt) {
        this.id = id;
        this.content = content;
        this.startedAt = startedAt;
        this.rate = new RateMeter(startedAt.getEpochSecond());
    }

    boolean isRunning() {
        return state == DownloadState.RUNNING;
    }

    /** Whether it knows its blocks, so that the engine can be asked how many are missing. */
    boolean isFetching() {
        return isRunning() && blocks.isPresent();
    }

    /** Blocks of the budget that it holds. */
    long heldBlocks() {
        return blocks.map(WantedBlocks::count).orElse(0L);
    }

    void begin(WantedBlocks known, Optional<Manifest> described) {
        blocks = Optional.of(known);
        manifest = described;
    }

    void fetched(BlockAddress address, long bytes, Instant now) {
        if (isRunning() && contains(address)) {
            bytesFetched += bytes;
            rate.add(now.getEpochSecond(), bytes);
        }
    }

    /** True when that was the last one. */
    boolean remaining(long missing) {
        blocksDone = Math.max(0, heldBlocks() - missing);
        return missing == 0;
    }

    void end(DownloadState how, Instant at, Optional<String> why) {
        state = how;
        finishedAt = Optional.of(at);
        failure = why;
    }

    Optional<DescribedDataset> dataset() {
        return DescribedDataset.of(content, manifest);
    }

    Download snapshot(Instant now) {
        var total = manifest.map(known -> OptionalLong.of(known.datasetSize())).orElse(OptionalLong.empty());
        long bytesDone = manifest.map(known -> Math.min(known.datasetSize(), blocksDone * known.blockSize()))
                .orElse(bytesFetched);
        return new Download(id, content, state, blocksDone, heldBlocks(), bytesDone, total,
                isRunning() ? rate.perSecond(now.getEpochSecond()) : 0, startedAt, finishedAt, failure);
    }

    private boolean contains(BlockAddress address) {
        return blocks.stream().flatMap(known -> known.sets().stream()).anyMatch(set -> switch (set) {
            case BlockSet.Leaves leaves -> address instanceof BlockAddress.Leaf leaf
                    && leaf.treeCid().equals(leaves.treeCid()) && leaves.ranges().contains(leaf.index());
            case BlockSet.Single single -> address instanceof BlockAddress.Standalone one
                    && one.cid().equals(single.cid());
        });
    }
}
