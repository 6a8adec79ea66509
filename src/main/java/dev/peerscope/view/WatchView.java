package dev.peerscope.view;

import java.time.Instant;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A watch: blocks on our want-list so that peers tell us who has them. */
@Schema(name = "Watch", description = "Blocks on our want-list so that peers tell us who has them; their data is never asked for.")
public record WatchView(@Schema(description = "Its id, opaque", example = Examples.ID) String id,
        @Schema(description = "When it was made", example = Examples.TIME) Instant createdAt,
        @Schema(description = "`resolving` while the manifest is fetched", allowableValues = {"resolving", "active",
                "failed"}, example = "active") String state,
        @Schema(description = "CID of the dataset's tree, once known", example = Examples.TREE_CID) @Nullable String treeCid,
        @Schema(description = "CID of the manifest, where it was made from one", example = Examples.MANIFEST_CID) @Nullable String manifestCid,
        @Schema(description = "Blocks that it watches, once known", example = "1024") @Nullable Long blockCount,
        @Schema(description = "Connected peers that have at least one of its blocks", example = "5") int holders,
        @Schema(description = "Copies of the rarest block, and as the fraction the share of blocks with more copies; absent "
                + "until its blocks are known", example = "3.25") @Nullable Double availability,
        @Schema(description = "Why it failed, in a sentence", example = "nobody delivered the manifest") @Nullable String failure) {}
