package dev.peerscope.node;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import dev.peerscope.dataset.Manifest;
import dev.peerscope.node.HeldBlocksListener.HeldBlock;

/** A download as it stands; guarded by {@link Downloads}, but for the blocks, which once known stay the same. */
final class DownloadJob {

    final String id;
    final WantedContent content;
    private final Instant startedAt;
    private final RateMeter rate;
    private DownloadState state = DownloadState.RUNNING;
    private volatile Optional<WantedBlocks> blocks = Optional.empty();
    private Optional<Manifest> manifest = Optional.empty();
    private long blocksDone;
    private long bytesFetched;
    private Optional<Instant> finishedAt = Optional.empty();
    private Optional<String> failure = Optional.empty();

    DownloadJob(String id, WantedContent content, Instant startedAt) {
        this.id = id;
        this.content = content;
        this.startedAt = startedAt;
        this.rate = new RateMeter(RateMeter.present());
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

    /** Bytes of those among these blocks that it is about; takes long for many, and needs no lock. */
    long bytesAmong(List<HeldBlock> held) {
        var known = blocks;
        return known.isEmpty() ? 0
                : held.stream().filter(block -> known.get().contains(block.address())).mapToLong(HeldBlock::bytes)
                        .sum();
    }

    void fetched(long bytes) {
        if (isRunning()) {
            bytesFetched += bytes;
            rate.add(RateMeter.present(), bytes);
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

    Download snapshot() {
        var total = manifest.map(known -> OptionalLong.of(known.datasetSize())).orElse(OptionalLong.empty());
        long bytesDone = manifest.map(known -> Math.min(known.datasetSize(), blocksDone * known.blockSize()))
                .orElse(bytesFetched);
        return new Download(id, content, state, blocksDone, heldBlocks(), bytesDone, total,
                isRunning() ? rate.perSecond(RateMeter.present()) : 0, startedAt, finishedAt, failure);
    }
}
