package dev.peerscope.view;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A dataset that we know of. */
@Schema(name = "Dataset", description = "A dataset that one of our watches or downloads is about, or of which blocks are held here.")
public record DatasetView(
        @Schema(description = "CID of its tree", example = Examples.TREE_CID) String treeCid,
        @Schema(description = "CID of its manifest, where it was named by that", example = Examples.MANIFEST_CID) @Nullable String manifestCid,
        @Schema(description = "Name of the file, where the manifest tells it", example = "harbour.jpg") @Nullable String filename,
        @Schema(description = "Media type, where the manifest tells it", example = "image/jpeg") @Nullable String mimetype,
        @Schema(description = "Blocks that it has, where that is known", example = "1024") @Nullable Long blockCount,
        @Schema(description = "Bytes of each block, where the manifest is known", example = "65536") @Nullable Long blockSize,
        @Schema(description = "Bytes of the data without padding, where the manifest is known", example = "67043328") @Nullable Long datasetSize,
        @Schema(description = "Blocks that are held here", example = "40") long localBlocks,
        @Schema(description = "Connected peers that have at least one of its blocks, as far as they were asked", example = "5") int peers,
        @Schema(description = "Copies of the rarest block at connected peers, and as the fraction the share of blocks with more copies", example = "3.25") double availability) {}
