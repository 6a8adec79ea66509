package dev.peerscope.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import dev.peerscope.block.Cid;
import dev.peerscope.view.DatasetAvailabilityView;
import dev.peerscope.view.DatasetView;
import dev.peerscope.view.DatasetViews;

@Tag(name = "Datasets", description = "Datasets that we know of, and how often their blocks are there.")
@RestController
@RequestMapping(path = ApiPaths.BASE + "/datasets", produces = MediaType.APPLICATION_JSON_VALUE)
final class DatasetsController {

    private static final Cursor<Cid> DATASETS = Cursor.ofCids("datasets");

    private final DatasetViews views;

    DatasetsController(DatasetViews views) {
        this.views = views;
    }

    @Operation(summary = "List datasets", description = "Datasets that our watches and downloads are about, and those of which blocks are held here, in the "
            + "order of their trees' CIDs. Peers tell only of blocks that we want: without a watch or a running download, "
            + "nobody is known to have any.")
    @Problems({ProblemType.MALFORMED_CURSOR, ProblemType.MALFORMED_LIMIT, ProblemType.NOT_READY})
    @ShowsState
    @GetMapping
    Page<DatasetView> list(@RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return DATASETS.page(views.datasets(DATASETS.decode(cursor), limit.value()));
    }

    @Operation(summary = "One dataset", description = "What is known of the dataset, how much of it is held here, and how well peers cover it.")
    @Problems({ProblemType.MALFORMED_CID, ProblemType.UNKNOWN_DATASET, ProblemType.NOT_READY})
    @ShowsState
    @GetMapping("/{treeCid}")
    DatasetView one(@PathVariable Cid treeCid) {
        return views.find(treeCid).orElseThrow(() -> unknown(treeCid));
    }

    @Operation(summary = "Availability of a dataset", description = "How many connected peers have each block, summed up in buckets of neighbouring blocks; which blocks no "
            + "peer has; how many peers have all. `distributedCopies` is what BitTorrent clients show under that name: the copies "
            + "of the rarest block, and as the fraction the share of blocks with more. What is held here does not count.")
    @Problems({ProblemType.MALFORMED_CID, ProblemType.MALFORMED_LIMIT, ProblemType.UNKNOWN_DATASET,
            ProblemType.NOT_READY})
    @ShowsState
    @GetMapping("/{treeCid}/availability")
    DatasetAvailabilityView availability(@PathVariable Cid treeCid,
            @Parameter(description = "How many buckets there are at most; never more than blocks") @RequestParam(defaultValue = Limit.DEFAULT) Limit buckets) {
        return views.availability(treeCid, buckets.value()).orElseThrow(() -> unknown(treeCid));
    }

    private static ApiProblem unknown(Cid treeCid) {
        return new ApiProblem(ProblemType.UNKNOWN_DATASET, "no watch or download is about a dataset with the tree "
                + treeCid + ", and no block of it is held; see GET " + ApiPaths.BASE + "/datasets");
    }
}
