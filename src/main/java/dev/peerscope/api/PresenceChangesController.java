package dev.peerscope.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

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
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.journal.ChangeFilter;
import dev.peerscope.journal.Order;
import dev.peerscope.peer.PeerId;
import dev.peerscope.view.PresenceChangeView;
import dev.peerscope.view.PresenceChangeViews;

@Tag(name = "Presence changes", description = "What peers gained, lost, denied and repriced, and why.")
@RestController
@RequestMapping(path = ApiPaths.BASE, produces = MediaType.APPLICATION_JSON_VALUE)
final class PresenceChangesController {

    private final PresenceChangeViews views;
    private final KnownPeers known;

    PresenceChangesController(PresenceChangeViews views, KnownPeers known) {
        this.views = views;
        this.known = known;
    }

    @Operation(summary = "Presence changes of all peers", description = "All that is kept: 30 days in 1 GB unless `peerscope.history.*` says otherwise, over restarts. Newest first "
            + "unless `order=oldest`.")
    @Problems({ProblemType.MALFORMED_PEER_ID, ProblemType.MALFORMED_CID, ProblemType.MALFORMED_TIME,
            ProblemType.UNKNOWN_VALUE, ProblemType.MALFORMED_CURSOR, ProblemType.MALFORMED_LIMIT,
            ProblemType.NOT_READY, ProblemType.HISTORY_UNAVAILABLE})
    @ShowsState
    @GetMapping("/presence-changes")
    ChangesPage all(
            @Parameter(description = "Only at this peer") @RequestParam(required = false) @Nullable PeerId peerId,
            @Parameter(description = "Not before this time") @RequestParam(required = false) @Nullable Instant since,
            @Parameter(description = "Before this time") @RequestParam(required = false) @Nullable Instant until,
            @Parameter(description = "Only these kinds of change") @RequestParam(required = false) @Nullable Set<PresenceChange> change,
            @Parameter(description = "Only for these reasons") @RequestParam(required = false) @Nullable Set<PresenceReason> reason,
            @Parameter(description = "Only leaves of this tree") @RequestParam(required = false) @Nullable Cid treeCid,
            @Parameter(description = "Which end comes first") @RequestParam(defaultValue = "newest") Order order,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        if (since != null && until != null && since.isAfter(until)) {
            throw new ApiProblem(ProblemType.MALFORMED_TIME,
                    "since: " + since + " is after until; expected a time before " + until);
        }
        var filter = new ChangeFilter(Optional.ofNullable(peerId), Optional.ofNullable(treeCid), orEmpty(change),
                orEmpty(reason), Optional.ofNullable(since), Optional.ofNullable(until));
        return page(filter, order, cursor, limit);
    }

    @Operation(summary = "Presence changes of one peer", description = "What this peer gained, lost, denied and repriced, departed or not. Newest first unless "
            + "`order=oldest`.")
    @Problems({ProblemType.MALFORMED_PEER_ID, ProblemType.MALFORMED_CID, ProblemType.MALFORMED_TIME,
            ProblemType.UNKNOWN_VALUE, ProblemType.MALFORMED_CURSOR, ProblemType.MALFORMED_LIMIT,
            ProblemType.UNKNOWN_PEER, ProblemType.NOT_READY, ProblemType.HISTORY_UNAVAILABLE})
    @ShowsState
    @GetMapping("/peers/{peerId}/presence-changes")
    ChangesPage ofPeer(@PathVariable PeerId peerId,
            @Parameter(description = "Not before this time") @RequestParam(required = false) @Nullable Instant since,
            @Parameter(description = "Before this time") @RequestParam(required = false) @Nullable Instant until,
            @Parameter(description = "Only these kinds of change") @RequestParam(required = false) @Nullable Set<PresenceChange> change,
            @Parameter(description = "Only for these reasons") @RequestParam(required = false) @Nullable Set<PresenceReason> reason,
            @Parameter(description = "Only leaves of this tree") @RequestParam(required = false) @Nullable Cid treeCid,
            @Parameter(description = "Which end comes first") @RequestParam(defaultValue = "newest") Order order,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        if (!views.speakOf(peerId)) {
            known.requireKnown(peerId);
        }
        return all(peerId, since, until, change, reason, treeCid, order, cursor, limit);
    }

    @Operation(summary = "One presence change", description = "The change with this number, while it is kept.")
    @Problems({ProblemType.MALFORMED_SEQUENCE, ProblemType.UNKNOWN_CHANGE, ProblemType.NOT_READY,
            ProblemType.HISTORY_UNAVAILABLE})
    @ShowsState
    @GetMapping("/presence-changes/{sequence}")
    PresenceChangeView one(@Parameter(description = "Its number") @PathVariable SequenceNumber sequence) {
        return views.find(sequence.value())
                .orElseThrow(() -> new ApiProblem(ProblemType.UNKNOWN_CHANGE, "change " + sequence.value()
                        + " is no longer kept or has not happened yet; see GET " + ApiPaths.BASE
                        + "/presence-changes"));
    }

    private ChangesPage page(ChangeFilter filter, Order order, @Nullable String cursor, Limit limit) {
        var place = Cursor.ofNumbers("presence-changes " + order);
        var beyond = place.decode(cursor).map(OptionalLong::of).orElseGet(OptionalLong::empty);
        var page = place.page(views.list(filter, order, beyond, limit.value()));
        return ChangesPage.of(page, page.items().isEmpty() ? List.of()
                : views.gaps(order, beyond, page.items().getLast().sequence()));
    }

    private static <T> Set<T> orEmpty(@Nullable Set<T> values) {
        return values == null ? Set.of() : values;
    }
}
