package dev.peerscope.api;

import java.net.URI;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.view.MadeKey;
import dev.peerscope.view.WatchView;
import dev.peerscope.view.WatchViews;

@Tag(name = "Watches", description = "Blocks on our want-list so that peers tell us who has them; their data is never asked for.")
@RestController
@RequestMapping(path = ApiPaths.BASE + "/watches", produces = MediaType.APPLICATION_JSON_VALUE)
final class WatchesController {

    private static final Cursor<MadeKey> WATCHES = Cursor.ofMade("watches");

    private final ExchangeNode node;
    private final WatchViews views;

    WatchesController(ExchangeNode node, WatchViews views) {
        this.node = node;
        this.views = views;
    }

    @Operation(summary = "Make a watch", description = "Puts blocks on our want-list, so that peers are asked who has them, again and again, until the watch "
            + "is deleted. A manifest is fetched first, the one thing that a watch fetches.")
    @ApiResponse(responseCode = "201", description = "The watch was made.", headers = @Header(name = "Location", description = "Where the watch is", schema = @Schema(type = "string")))
    @Problems({ProblemType.MALFORMED_BODY, ProblemType.MALFORMED_CID, ProblemType.UNUSABLE_CONTENT,
            ProblemType.TOO_LARGE, ProblemType.LIMIT_MET, ProblemType.NOT_READY})
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<WatchView> create(@RequestBody ContentRequest request) {
        var watch = node.watches().create(request.content());
        return ResponseEntity.created(URI.create(ApiPaths.BASE + "/watches/" + watch.id())).body(views.of(watch));
    }

    @Operation(summary = "List watches", description = "All watches, oldest first.")
    @Problems({ProblemType.MALFORMED_CURSOR, ProblemType.MALFORMED_LIMIT, ProblemType.NOT_READY})
    @ShowsState
    @GetMapping
    Page<WatchView> list(@RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return WATCHES.page(views.list(WATCHES.decode(cursor), limit.value()));
    }

    @Operation(summary = "One watch", description = "How the watch stands, how many peers have at least one of its blocks, and how available they are.")
    @Problems({ProblemType.UNKNOWN_WATCH, ProblemType.NOT_READY})
    @ShowsState
    @GetMapping("/{id}")
    WatchView one(@PathVariable String id) {
        return views.find(id).orElseThrow(() -> unknown(id));
    }

    @Operation(summary = "Delete a watch", description = "Withdraws the wants that nothing else holds.")
    @ApiResponse(responseCode = "204", description = "The watch is gone.")
    @Problems({ProblemType.UNKNOWN_WATCH, ProblemType.NOT_READY})
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id) {
        if (!node.watches().delete(id)) {
            throw unknown(id);
        }
    }

    private static ApiProblem unknown(String id) {
        return new ApiProblem(ProblemType.UNKNOWN_WATCH, "there is no watch " + ParameterReading.shortened(id)
                + "; see GET " + ApiPaths.BASE + "/watches");
    }
}
