package dev.peerscope.api;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import dev.peerscope.block.Cid;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.journal.ChangeFilter;
import dev.peerscope.journal.ChangeJournal;
import dev.peerscope.peer.PeerId;
import dev.peerscope.view.PresenceChangeView;

@Tag(name = "Presence changes")
@RestController
@RequestMapping(path = ApiPaths.BASE + "/presence-changes/stream")
final class PresenceChangeStreamController {

    private final ChangeJournal journal;
    private final StreamSettings settings;
    private final EventStreams streams;

    PresenceChangeStreamController(ChangeJournal journal, StreamSettings settings, EventStreams streams) {
        this.journal = journal;
        this.settings = settings;
        this.streams = streams;
    }

    @Operation(summary = "Presence changes as they happen", description = "Server-sent events: `id` is the sequence number, `event` the kind of change, `data` the change. Without "
            + "`Last-Event-ID` the stream starts now; with it, it goes on after that change, without loss or repeat, "
            + "also when the service was started anew in between. Where changes are missing, because they are no longer kept, were "
            + "never recorded or the id is ahead of us, an "
            + "event `gap` names them: `{\"from\": 1001, \"to\": 1811, \"reason\": \"forgotten\"}`. Who is ahead of a journal "
            + "in which there is nothing yet is told so by the gap from 1 to 0, and goes on with change 1. A comment comes every "
            + "15 s when nothing else does. Only what is kept is shown: while the disk of the history fails "
            + "(`peerscope_journal_failing`) the stream is silent but for these, and when it works again it goes on, with a `gap` where more "
            + "happened meanwhile than memory holds. So a number never stands for two changes.")
    @ApiResponse(responseCode = "200", description = "The stream.", content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(implementation = PresenceChangeView.class)))
    @Problems({ProblemType.MALFORMED_PEER_ID, ProblemType.MALFORMED_CID, ProblemType.UNKNOWN_VALUE,
            ProblemType.MALFORMED_SEQUENCE, ProblemType.LIMIT_MET})
    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void stream(HttpServletRequest request, HttpServletResponse response,
            @Parameter(description = "Only at this peer") @RequestParam(required = false) @Nullable PeerId peerId,
            @Parameter(description = "Only leaves of this tree") @RequestParam(required = false) @Nullable Cid treeCid,
            @Parameter(description = "Only these kinds of change") @RequestParam(required = false) @Nullable Set<PresenceChange> change,
            @Parameter(description = "The last change that the reader has got; 0 for all that are kept", example = "1811") @RequestHeader(name = "Last-Event-ID", required = false) @Nullable SequenceNumber lastEventId) {
        var filter = new ChangeFilter(Optional.ofNullable(peerId), Optional.ofNullable(treeCid),
                change == null ? Set.of() : change, Set.of(), Optional.empty(), Optional.empty());
        var after = lastEventId == null ? OptionalLong.empty() : OptionalLong.of(lastEventId.value());
        streams.answer(request, response,
                () -> new ChangeStream(journal.subscribe(filter, after), settings.pingInterval()));
    }
}
