package dev.peerscope.api;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;
import dev.peerscope.peer.PeerId;
import dev.peerscope.view.BlockStateView;
import dev.peerscope.view.HaveSetView;
import dev.peerscope.view.HaveSetViews;
import dev.peerscope.view.PastHaveSetViews;
import dev.peerscope.view.PresenceChangeViews;
import dev.peerscope.view.PresenceView;

@Tag(name = "Have-set", description = "What a peer has of the blocks that we want: BitTorrent's bitfield, with prices.")
@RestController
@RequestMapping(path = ApiPaths.BASE + "/peers/{peerId}/have-set", produces = MediaType.APPLICATION_JSON_VALUE)
final class HaveSetController {

    private static final Cursor<BlockAddress> BLOCKS = Cursor.ofAddresses("have-set/blocks");
    private static final Cursor<Cid> CIDS = Cursor.ofCids("have-set/cids");
    private static final Cursor<Long> RANGES = Cursor.ofNumbers("have-set/datasets");

    private final HaveSetViews views;
    private final PastHaveSetViews past;
    private final PresenceChangeViews changes;
    private final KnownPeers known;
    private final InstantSource clock;

    HaveSetController(HaveSetViews views, PastHaveSetViews past, PresenceChangeViews changes, KnownPeers known,
            InstantSource clock) {
        this.views = views;
        this.past = past;
        this.changes = changes;
        this.known = known;
        this.clock = clock;
    }

    @Operation(summary = "Have-set in short", description = "What the peer has of each dataset as ranges of leaf indices, blocks on their own, and how many it "
            + "denied. Empty for a departed peer. With `at` as it was at that time, as far back as the history is kept, "
            + "departed or not.")
    @Problems({ProblemType.MALFORMED_PEER_ID, ProblemType.MALFORMED_TIME, ProblemType.UNKNOWN_PEER,
            ProblemType.HISTORY_NOT_KEPT, ProblemType.NOT_READY, ProblemType.HISTORY_UNAVAILABLE})
    @ShowsState(unless = "at")
    @GetMapping
    HaveSetView summary(@PathVariable PeerId peerId,
            @Parameter(description = "The time; what became true in that moment is part of it") @RequestParam(required = false) @Nullable Instant at) {
        if (at == null) {
            known.requireKnown(peerId);
            return views.summary(peerId);
        }
        // What the history has reached has passed, though a clock was set back since.
        if (at.isAfter(clock.instant()) && at.isAfter(past.lastAt())) {
            throw new ApiProblem(ProblemType.MALFORMED_TIME,
                    "at: " + at + " is yet to come; expected a time that has passed");
        }
        if (!changes.speakOf(peerId)) {
            known.requireKnown(peerId);
        }
        return past.summary(peerId, at);
    }

    @Operation(summary = "Have-set, block by block", description = "Each block that the peer has with its price, in the order of addresses: leaves by tree and index, then "
            + "blocks on their own.")
    @Problems({ProblemType.MALFORMED_PEER_ID, ProblemType.MALFORMED_CID, ProblemType.MALFORMED_CURSOR,
            ProblemType.MALFORMED_LIMIT, ProblemType.UNKNOWN_PEER, ProblemType.NOT_READY})
    @ShowsState
    @GetMapping("/blocks")
    Page<PresenceView> blocks(@PathVariable PeerId peerId,
            @Parameter(description = "Only leaves of this tree") @RequestParam(required = false) @Nullable Cid treeCid,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        known.requireKnown(peerId);
        return BLOCKS
                .page(views.blocks(peerId, Optional.ofNullable(treeCid), BLOCKS.decode(cursor), limit.value()));
    }

    @Operation(summary = "CIDs in the have-set", description = "CIDs of trees of which the peer has at least one leaf, and of blocks on their own, each once.")
    @Problems({ProblemType.MALFORMED_PEER_ID, ProblemType.MALFORMED_CURSOR, ProblemType.MALFORMED_LIMIT,
            ProblemType.UNKNOWN_PEER, ProblemType.NOT_READY})
    @ShowsState
    @GetMapping("/cids")
    Page<String> cids(@PathVariable PeerId peerId, @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        known.requireKnown(peerId);
        return CIDS.page(views.cids(peerId, CIDS.decode(cursor), limit.value()));
    }

    @Operation(summary = "One block on its own", description = "Whether the peer has the block; not knowing is an answer too.")
    @Problems({ProblemType.MALFORMED_PEER_ID, ProblemType.MALFORMED_CID, ProblemType.UNKNOWN_PEER,
            ProblemType.NOT_READY})
    @ShowsState
    @GetMapping("/blocks/{cid}")
    BlockStateView block(@PathVariable PeerId peerId, @PathVariable Cid cid) {
        known.requireKnown(peerId);
        return views.block(peerId, new BlockAddress.Standalone(cid));
    }

    @Operation(summary = "One leaf", description = "Whether the peer has the leaf; not knowing is an answer too.")
    @Problems({ProblemType.MALFORMED_PEER_ID, ProblemType.MALFORMED_CID, ProblemType.MALFORMED_INDEX,
            ProblemType.UNKNOWN_PEER, ProblemType.NOT_READY})
    @ShowsState
    @GetMapping("/blocks/{treeCid}/{index}")
    BlockStateView leaf(@PathVariable PeerId peerId, @PathVariable Cid treeCid, @PathVariable LeafIndex index) {
        known.requireKnown(peerId);
        return views.block(peerId, new BlockAddress.Leaf(treeCid, index.value()));
    }

    @Operation(summary = "Ranges of one dataset", description = "The leaves of one tree that the peer has, as a page of inclusive ranges; `limit` counts ranges. With "
            + "`Accept: application/octet-stream` all of them as a bitfield, laid out as BitTorrent does: the first block "
            + "is the high bit of the first byte.")
    @ApiResponse(responseCode = "200", description = "The ranges, or the bitfield.", content = {
            @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = RangesPage.class)),
            @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE, schema = @Schema(type = "string", format = "binary"))})
    @Problems({ProblemType.MALFORMED_PEER_ID, ProblemType.MALFORMED_CID, ProblemType.MALFORMED_CURSOR,
            ProblemType.MALFORMED_LIMIT, ProblemType.UNKNOWN_PEER, ProblemType.TOO_LARGE, ProblemType.NOT_READY})
    @ShowsState
    @GetMapping("/datasets/{treeCid}")
    RangesPage ranges(@PathVariable PeerId peerId, @PathVariable Cid treeCid,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        known.requireKnown(peerId);
        long from = RANGES.decode(cursor).map(last -> last + 1).orElse(0L);
        return RangesPage.of(treeCid, RANGES.page(views.ranges(peerId, treeCid, from, limit.value())));
    }

    @Operation(hidden = true)
    @ShowsState
    @GetMapping(path = "/datasets/{treeCid}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    byte[] bitfield(@PathVariable PeerId peerId, @PathVariable Cid treeCid) {
        known.requireKnown(peerId);
        return views.bitfield(peerId, treeCid, RequestLimits.BITFIELD_BYTES_MAX);
    }
}
