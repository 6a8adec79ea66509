package dev.peerscope.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import dev.peerscope.block.Cid;
import dev.peerscope.peer.PeerId;
import dev.peerscope.view.WantListViews;
import dev.peerscope.view.WantView;

@Tag(name = "Want-lists", description = "What peers have asked us for, and what we ask for: BitTorrent's interested, by block.")
@RestController
@RequestMapping(path = ApiPaths.BASE + "/peers/{peerId}/want-list", produces = MediaType.APPLICATION_JSON_VALUE)
final class PeerWantListController {

    private static final Cursor<Long> WANTS = Cursor.ofNumbers("peer want-list");
    private static final Cursor<Cid> CIDS = Cursor.ofCids("peer want-list/cids");

    private final WantListViews views;
    private final KnownPeers known;

    PeerWantListController(WantListViews views, KnownPeers known) {
        this.views = views;
        this.known = known;
    }

    @Operation(summary = "A peer's want-list", description = "Blocks that the peer has asked us for and not got yet, in the order of asking. Questions about "
            + "presence are answered at once and never stand here. Empty for a departed peer.")
    @Problems({ProblemType.MALFORMED_PEER_ID, ProblemType.MALFORMED_CURSOR, ProblemType.MALFORMED_LIMIT,
            ProblemType.UNKNOWN_PEER, ProblemType.NOT_READY})
    @ShowsState
    @GetMapping
    Page<WantView> list(@PathVariable PeerId peerId, @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        known.requireKnown(peerId);
        return WANTS.page(views.ofPeer(peerId, WANTS.decode(cursor).orElse(0L), limit.value()));
    }

    @Operation(summary = "CIDs in a peer's want-list", description = "CIDs of trees of which the peer wants at least one leaf, and of blocks on their own, each once.")
    @Problems({ProblemType.MALFORMED_PEER_ID, ProblemType.MALFORMED_CURSOR, ProblemType.MALFORMED_LIMIT,
            ProblemType.UNKNOWN_PEER, ProblemType.NOT_READY})
    @ShowsState
    @GetMapping("/cids")
    Page<String> cids(@PathVariable PeerId peerId, @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        known.requireKnown(peerId);
        return CIDS.page(views.cids(peerId, CIDS.decode(cursor), limit.value()));
    }
}
