package dev.peerscope.api;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import dev.peerscope.block.Cid;
import dev.peerscope.view.Examples;

/** Some ranges of leaves of one tree. */
@Schema(name = "RangesPage", description = "Some ranges of leaves of one tree, ascending.")
record RangesPage(@Schema(description = "CID of the tree", example = Examples.TREE_CID) String treeCid,
        @Schema(description = "The ranges of this page, both ends included", example = "[\"0-499\", \"510\"]") List<String> items,
        @Schema(description = "The same as one set", example = "0-499,510") String ranges,
        @Schema(description = "Give this as `cursor` to get the next page; absent on the last one", example = Examples.CURSOR) @Nullable String nextCursor) {

    static RangesPage of(Cid treeCid, Page<String> page) {
        return new RangesPage(treeCid.toString(), page.items(), String.join(",", page.items()), page.nextCursor());
    }
}
