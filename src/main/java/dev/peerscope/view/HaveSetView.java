package dev.peerscope.view;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a peer has, in short. */
@Schema(name = "HaveSet", description = "What a peer has of the blocks that we want.")
public record HaveSetView(
        @Schema(description = "Peer id", example = Examples.PEER_ID) String peerId,
        @Schema(description = "Blocks that it has, in all", example = "601") long blockCount,
        @Schema(description = "What it has of each dataset") List<Dataset> datasets,
        @Schema(description = "Blocks on their own that it has; at most 1,000, the rest under `have-set/blocks`") List<Single> blocks,
        @Schema(description = "Whether there are more than 1,000 blocks on their own", example = "false") boolean blocksTruncated,
        Denied denied) {

    /** What a peer has of one dataset. */
    @Schema(name = "DatasetPresence", description = "What a peer has of one dataset.")
    public record Dataset(
            @Schema(description = "CID of the dataset's tree", example = Examples.TREE_CID) String treeCid,
            @Schema(description = "Leaves that the peer has", example = "600") long blockCount,
            @Schema(description = "Leaves that the dataset has, where that is known", example = "1024") @Nullable Long totalBlocks,
            @Schema(description = "Indices of these leaves as inclusive ranges; at most 1,000 ranges", example = "0-499,510,600-698") String ranges,
            @Schema(description = "Whether ranges were cut off; all of them are under `have-set/datasets/{treeCid}`", example = "false") boolean rangesTruncated,
            @Schema(description = "What the peer asks for each of them, where that is the same for all", example = "1000") @Nullable String price,
            @Schema(description = "Whether it asks different prices", example = "false") boolean priceMixed) {}

    /** A block on its own that a peer has. */
    @Schema(name = "SinglePresence", description = "A block on its own that a peer has.")
    public record Single(@Schema(description = "Its CID", example = Examples.MANIFEST_CID) String cid,
            @Schema(description = "What the peer asks for it", example = "0") String price) {}

    /** Blocks that a peer said it does not have. */
    @Schema(name = "Denied", description = "Blocks that the peer said it does not have.")
    public record Denied(@Schema(description = "How many", example = "3") long blockCount) {}
}
