package dev.peerscope.api;

import java.net.URI;
import java.util.Optional;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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
import dev.peerscope.peer.PeerId;
import dev.peerscope.view.PeerQuery;
import dev.peerscope.view.PeerState;
import dev.peerscope.view.PeerView;
import dev.peerscope.view.PeerViews;
import dev.peerscope.view.PeersSummaryView;

@Tag(name = "Peers", description = "Remote peers, connected and departed.")
@RestController
@RequestMapping(path = ApiPaths.BASE + "/peers", produces = MediaType.APPLICATION_JSON_VALUE)
final class PeersController {

    private final ExchangeNode node;
    private final PeerViews views;
    private final KnownPeers known;
    private final Dialler dialler;

    PeersController(ExchangeNode node, PeerViews views, KnownPeers known, Dialler dialler) {
        this.node = node;
        this.views = views;
        this.known = known;
        this.dialler = dialler;
    }

    @Operation(summary = "List peers", description = "Connected peers, departed ones (the last 1,000 are remembered), or all of them.")
    @Problems({ProblemType.UNKNOWN_VALUE, ProblemType.MALFORMED_CURSOR, ProblemType.MALFORMED_LIMIT,
            ProblemType.NOT_READY})
    @ShowsState
    @GetMapping
    Page<PeerView> list(
            @Parameter(description = "Which peers") @RequestParam(defaultValue = "connected") PeerState state,
            @Parameter(description = "What to sort by, with `-` before it for descending. By a key that changes, such as `haveCount`, "
                    + "a peer may be met twice or missed between pages") @RequestParam(defaultValue = PeerOrder.DEFAULT) PeerOrder sort,
            @Parameter(description = "How the agent's name begins", example = "Codex") @RequestParam(required = false) @Nullable String agent,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        var place = Cursor.ofPeers("peers " + sort.text());
        return place.page(views.list(new PeerQuery(state, sort.sort(), sort.descending(), Optional.ofNullable(agent),
                place.decode(cursor), limit.value())));
    }

    @Operation(summary = "Peers in numbers", description = "Counts by state, direction and kind of agent; totals of presences and wants.")
    @Problems(ProblemType.NOT_READY)
    @ShowsState
    @GetMapping("/summary")
    PeersSummaryView summary() {
        return views.summary();
    }

    @Operation(summary = "One peer", description = "A peer that is connected, or departed and remembered.")
    @Problems({ProblemType.MALFORMED_PEER_ID, ProblemType.UNKNOWN_PEER, ProblemType.NOT_READY})
    @ShowsState
    @GetMapping("/{peerId}")
    PeerView one(@PathVariable PeerId peerId) {
        return views.find(peerId).orElseThrow(() -> ApiProblem.unknownPeer(peerId));
    }

    @Operation(summary = "Dial a peer", description = "Dials the address and answers when the peer has joined, or after 15 s at the latest. Of a signed peer "
            + "record, its addresses are tried in turn.")
    @ApiResponse(responseCode = "201", description = "The peer has joined.", headers = @Header(name = "Location", description = "Where the peer is", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "200", description = "The peer was connected already.")
    @Problems({ProblemType.MALFORMED_BODY, ProblemType.MALFORMED_ADDRESS, ProblemType.DIALLING_OURSELVES,
            ProblemType.DIAL_FAILED, ProblemType.TOO_LARGE, ProblemType.LIMIT_MET, ProblemType.NOT_READY})
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<PeerView> dial(@RequestBody DialRequest request) {
        var connected = dialler.dial(request.addresses());
        var peer = views.find(connected.peer()).orElseThrow(() -> new ApiProblem(
                Dialler.failedAt("join", "peer " + connected.peer() + " joined and left at once"), null));
        if (connected.already()) {
            return ResponseEntity.ok(peer);
        }
        return ResponseEntity.created(URI.create(ApiPaths.BASE + "/peers/" + connected.peer())).body(peer);
    }

    @Operation(summary = "Disconnect a peer", description = "Closes every connection to the peer; its presence leaves with the reason `operator`.")
    @Problems({ProblemType.MALFORMED_PEER_ID, ProblemType.UNKNOWN_PEER, ProblemType.PEER_DEPARTED,
            ProblemType.NOT_READY})
    @ApiResponse(responseCode = "204", description = "The peer is being disconnected.")
    @DeleteMapping("/{peerId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void disconnect(@PathVariable PeerId peerId) {
        if (!node.disconnect(peerId)) {
            throw known.notConnected(peerId);
        }
    }

    @Operation(summary = "Ask a peer again", description = "Asks the peer now, not at the next turn, which of the blocks that we want it has.")
    @Problems({ProblemType.MALFORMED_PEER_ID, ProblemType.UNKNOWN_PEER, ProblemType.PEER_DEPARTED,
            ProblemType.NOT_READY})
    @ApiResponse(responseCode = "202", description = "The peer is being asked.")
    @PostMapping("/{peerId}/refresh")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void refresh(@PathVariable PeerId peerId) {
        if (!node.refresh(peerId)) {
            throw known.notConnected(peerId);
        }
    }
}
