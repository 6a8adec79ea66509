package dev.peerscope.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.view.OwnWantView;
import dev.peerscope.view.WantListViews;

@Tag(name = "Want-lists")
@RestController
@RequestMapping(path = ApiPaths.BASE + "/want-list", produces = MediaType.APPLICATION_JSON_VALUE)
final class WantListController {

    private static final Cursor<BlockAddress> WANTS = Cursor.ofAddresses("want-list");

    private final WantListViews views;

    WantListController(WantListViews views) {
        this.views = views;
    }

    @Operation(summary = "Our own want-list", description = "Blocks that our watches and downloads want, in the order of addresses.")
    @Problems({ProblemType.MALFORMED_CURSOR, ProblemType.MALFORMED_LIMIT, ProblemType.NOT_READY})
    @ShowsState
    @GetMapping
    Page<OwnWantView> list(@RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return WANTS.page(views.own(WANTS.decode(cursor), limit.value()));
    }
}
