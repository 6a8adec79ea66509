package dev.peerscope.view;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import dev.peerscope.block.BlockAddress;

/** A block's address: `cid` alone, or `treeCid` with `index`. */
@Schema(name = "BlockAddress", description = "A block: `cid` for a block on its own, or `treeCid` and `index` for a leaf of "
        + "a dataset's tree.")
public record AddressView(
        @Schema(description = "CID of a block on its own", example = Examples.BLOCK_CID) @Nullable String cid,
        @Schema(description = "CID of the dataset's tree", example = Examples.TREE_CID) @Nullable String treeCid,
        @Schema(description = "Number of the leaf, from 0", example = "12") @Nullable Long index) {

    /** The view of an address. */
    public static AddressView of(BlockAddress address) {
        return switch (address) {
            case BlockAddress.Leaf(var treeCid, long index) -> new AddressView(null, treeCid.toString(), index);
            case BlockAddress.Standalone(var cid) -> new AddressView(cid.toString(), null, null);
        };
    }
}
