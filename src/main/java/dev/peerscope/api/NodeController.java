package dev.peerscope.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import dev.peerscope.view.LimitView;
import dev.peerscope.view.NodeView;
import dev.peerscope.view.NodeViews;
import dev.peerscope.view.RefusedConnectionView;

@Tag(name = "Node", description = "This node itself.")
@RestController
@RequestMapping(path = ApiPaths.BASE, produces = MediaType.APPLICATION_JSON_VALUE)
final class NodeController {

    private final NodeViews views;

    NodeController(NodeViews views) {
        this.views = views;
    }

    @Operation(summary = "This node", description = "Who we are, where we listen, and what we hold.")
    @Problems(ProblemType.NOT_READY)
    @GetMapping("/node")
    NodeView node() {
        return views.node();
    }

    @Operation(summary = "Every limit", description = "Every bound of this node with its setting, its present use and what it has turned away.")
    @Problems(ProblemType.NOT_READY)
    @GetMapping("/limits")
    Page<LimitView> limits() {
        return Page.whole(views.limits());
    }

    @Operation(summary = "Refused connections", description = "The last 100 connections that ended before their peer had joined, newest first.")
    @Problems({})
    @GetMapping("/connections/refused")
    Page<RefusedConnectionView> refused() {
        return Page.whole(views.refused());
    }
}
