package dev.peerscope.view;

import java.time.Instant;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A download: blocks that are asked for and kept. */
@Schema(name = "Download", description = "Blocks that are asked of peers, verified and kept.")
public record DownloadView(@Schema(description = "Its id, opaque", example = Examples.ID) String id,
        @Schema(description = "How it stands", allowableValues = {"running", "done", "failed",
                "cancelled"}, example = "running") String state,
        @Schema(description = "CID of the dataset's tree, once known", example = Examples.TREE_CID) @Nullable String treeCid,
        @Schema(description = "CID of the manifest, where it was made from one", example = Examples.MANIFEST_CID) @Nullable String manifestCid,
        @Schema(description = "Blocks that are held", example = "40") long blocksDone,
        @Schema(description = "Blocks in all, as far as known", example = "46") long blocksTotal,
        @Schema(description = "Data that is held, in bytes", example = "2621440") long bytesDone,
        @Schema(description = "Data in all, in bytes; absent until the manifest has told", example = "3014656") @Nullable Long bytesTotal,
        @Schema(description = "Bytes a second lately", example = "1310720") long rateBytesPerSecond,
        @Schema(description = "Seconds until it is done at this rate; absent when that cannot be said", example = "1") @Nullable Long etaSeconds,
        @Schema(description = "Connected peers that have at least one of the blocks that it still wants", example = "3") int peers,
        @Schema(description = "When it began", example = Examples.TIME) Instant startedAt,
        @Schema(description = "When it ended", example = Examples.LATER) @Nullable Instant finishedAt,
        @Schema(description = "Why it failed, in a sentence", example = "3 blocks were tried as often as allowed") @Nullable String failure) {}
