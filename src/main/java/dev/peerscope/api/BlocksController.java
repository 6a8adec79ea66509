package dev.peerscope.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;
import dev.peerscope.view.BlockPeersView;
import dev.peerscope.view.BlockViews;

@Tag(name = "Blocks", description = "What is known of one block over all peers.")
@RestController
@RequestMapping(path = ApiPaths.BASE + "/blocks", produces = MediaType.APPLICATION_JSON_VALUE)
final class BlocksController {

    private final BlockViews views;

    BlocksController(BlockViews views) {
        this.views = views;
    }

    @Operation(summary = "Peers of a block on its own", description = "Who has the block and at which price, who said that it does not, and who has asked us for it.")
    @Problems({ProblemType.MALFORMED_CID, ProblemType.NOT_READY})
    @ShowsState
    @GetMapping("/{cid}/peers")
    BlockPeersView ofBlock(@PathVariable Cid cid) {
        return views.peers(new BlockAddress.Standalone(cid));
    }

    @Operation(summary = "Peers of a leaf", description = "Who has the leaf and at which price, who said that it does not, and who has asked us for it.")
    @Problems({ProblemType.MALFORMED_CID, ProblemType.MALFORMED_INDEX, ProblemType.NOT_READY})
    @ShowsState
    @GetMapping("/{treeCid}/{index}/peers")
    BlockPeersView ofLeaf(@PathVariable Cid treeCid, @PathVariable LeafIndex index) {
        return views.peers(new BlockAddress.Leaf(treeCid, index.value()));
    }
}
