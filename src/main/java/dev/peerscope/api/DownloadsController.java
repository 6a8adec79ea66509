package dev.peerscope.api;

import java.net.URI;
import java.util.Optional;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
import dev.peerscope.limit.LimitName;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.view.DownloadView;
import dev.peerscope.view.DownloadViews;
import dev.peerscope.view.MadeKey;

@Tag(name = "Downloads", description = "Blocks that are asked of peers, verified and kept.")
@RestController
@RequestMapping(path = ApiPaths.BASE + "/downloads", produces = MediaType.APPLICATION_JSON_VALUE)
final class DownloadsController {

    private static final Cursor<MadeKey> DOWNLOADS = Cursor.ofMade("downloads");

    private final ExchangeNode node;
    private final DownloadViews views;
    private final StreamSettings settings;
    private final RequestLimits limits;
    private final EventStreams streams;

    DownloadsController(ExchangeNode node, DownloadViews views, StreamSettings settings,
            RequestLimits limits, EventStreams streams) {
        this.node = node;
        this.views = views;
        this.settings = settings;
        this.limits = limits;
        this.streams = streams;
    }

    @Operation(summary = "Start a download", description = "Puts blocks on our want-list and asks the peers that have them for the data, one peer a block.")
    @ApiResponse(responseCode = "201", description = "The download was made.", headers = @Header(name = "Location", description = "Where the download is", schema = @Schema(type = "string")))
    @Problems({ProblemType.MALFORMED_BODY, ProblemType.MALFORMED_CID, ProblemType.UNUSABLE_CONTENT,
            ProblemType.TOO_LARGE, ProblemType.LIMIT_MET, ProblemType.NOT_READY})
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<DownloadView> create(@RequestBody ContentRequest request) {
        var download = node.downloads().create(request.content());
        return ResponseEntity.created(URI.create(ApiPaths.BASE + "/downloads/" + download.id()))
                .body(views.of(download));
    }

    @Operation(summary = "List downloads", description = "All downloads, oldest first.")
    @Problems({ProblemType.MALFORMED_CURSOR, ProblemType.MALFORMED_LIMIT, ProblemType.NOT_READY})
    @GetMapping
    Page<DownloadView> list(@RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return DOWNLOADS.page(views.list(DOWNLOADS.decode(cursor), limit.value()));
    }

    @Operation(summary = "One download", description = "How far the download has come.")
    @Problems({ProblemType.UNKNOWN_DOWNLOAD, ProblemType.NOT_READY})
    @GetMapping("/{id}")
    DownloadView one(@PathVariable String id) {
        return views.find(id).orElseThrow(() -> unknown(id));
    }

    @Operation(summary = "A download as it comes along", description = "Server-sent events: an event `progress` with the download as `data` at once and whenever it has changed, "
            + "at most four a second. The stream ends after the event that shows how the download ended, or when it was taken off "
            + "the list. A comment comes every 15 s when nothing else does.")
    @ApiResponse(responseCode = "200", description = "The stream.", content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(implementation = DownloadView.class)))
    @Problems({ProblemType.UNKNOWN_DOWNLOAD, ProblemType.LIMIT_MET, ProblemType.NOT_READY})
    @GetMapping(path = "/{id}/progress", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void progress(HttpServletRequest request, HttpServletResponse response, @PathVariable String id) {
        if (node.downloads().find(id).isEmpty()) {
            throw unknown(id);
        }
        streams.answer(request, response, () -> follow(id));
    }

    @Operation(summary = "Cancel a download", description = "Ends a running download, which stays in the list as cancelled; takes an ended one off the list. Blocks "
            + "that are held stay.")
    @ApiResponse(responseCode = "204", description = "The download has ended, or is off the list.")
    @Problems({ProblemType.UNKNOWN_DOWNLOAD, ProblemType.NOT_READY})
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id) {
        if (!node.downloads().delete(id)) {
            throw unknown(id);
        }
    }

    private DownloadProgress follow(String id) {
        var readers = limits.progressReaders();
        if (!readers.tryAcquire()) {
            throw new ApiProblem(Problem.of(ProblemType.LIMIT_MET, RequestLimits.PROGRESS_READERS_MAX
                    + " clients follow downloads already; try again when one has gone, or ask for the download itself")
                    .withLimit(LimitName.PROGRESS_READERS), null);
        }
        // A node that stops tells nothing more.
        return new DownloadProgress(() -> node.health().listening() ? views.find(id) : Optional.empty(),
                settings.pingInterval(), readers);
    }

    private static ApiProblem unknown(String id) {
        return new ApiProblem(ProblemType.UNKNOWN_DOWNLOAD, "there is no download " + ParameterReading.shortened(id)
                + "; see GET " + ApiPaths.BASE + "/downloads");
    }
}
