package dev.peerscope.view;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import dev.peerscope.block.Cid;
import dev.peerscope.engine.EngineReader.CopiesInBucket;
import dev.peerscope.engine.EngineReader.TreeAvailability;

/** How often the blocks of a dataset are there. */
@Schema(name = "DatasetAvailability", description = "How often the blocks of a dataset are there at connected peers.")
public record DatasetAvailabilityView(
        @Schema(description = "CID of its tree", example = Examples.TREE_CID) String treeCid,
        @Schema(description = "Blocks that it has, where that is known; otherwise the blocks that we want or hold are all that count", example = "1024") @Nullable Long blockCount,
        @Schema(description = "Copies by bucket; all buckets have the same number of blocks, or one more") List<Bucket> buckets,
        @Schema(description = "Copies of the rarest block, and as the fraction the share of blocks with more copies", example = "3.25") double distributedCopies,
        @Schema(description = "Indices of the blocks that no peer has, as inclusive ranges; at most 1,000 ranges", example = "510,600-698") String unavailable,
        @Schema(description = "Whether ranges were cut off", example = "false") boolean unavailableTruncated,
        @Schema(description = "Connected peers that have all blocks", example = "2") int seeders) {

    /** Copies of the blocks of one bucket. */
    @Schema(name = "CopiesInBucket", description = "Copies of the blocks from one index to another.")
    public record Bucket(@Schema(description = "Index of its first block", example = "0") long first,
            @Schema(description = "Index of its last block", example = "9") long last,
            @Schema(description = "Copies of its rarest block", example = "3") int min,
            @Schema(description = "Copies of a block on average", example = "3.7") double mean,
            @Schema(description = "Copies of its most frequent block", example = "5") int max) {

        static Bucket of(CopiesInBucket bucket) {
            return new Bucket(bucket.first(), bucket.last(), bucket.min(), bucket.mean(), bucket.max());
        }
    }

    static DatasetAvailabilityView of(Cid tree, @Nullable Long blockCount, TreeAvailability availability) {
        return new DatasetAvailabilityView(tree.toString(), blockCount,
                availability.buckets().stream().map(Bucket::of).toList(), availability.distributedCopies(),
                availability.unavailable().toString(), availability.unavailableTruncated(), availability.seeders());
    }
}
