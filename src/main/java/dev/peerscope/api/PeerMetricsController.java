package dev.peerscope.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import dev.peerscope.view.PeerViews;

/**
 * Peers with their numbers for Prometheus, apart from all other meters: series that come and go with peers are for those who
 * ask for them. Off by default.
 */
@Tag(name = "Peers")
@ConditionalOnBooleanProperty("peerscope.metrics.peers")
@RestController
@RequestMapping(ApiPaths.BASE + "/metrics/peers")
final class PeerMetricsController {

    private final PeerViews views;
    private final PeerExposition exposition;
    private final ExpositionFormats formats = ExpositionFormats.init();

    PeerMetricsController(PeerViews views, PeerMetricsSettings settings) {
        this.views = views;
        this.exposition = new PeerExposition(settings);
    }

    @Operation(summary = "Peers for Prometheus", description = "The numbers of connected peers, one series each with the label `peer`, at most 200 peers: those "
            + "that are kept connected first, then those that moved most bytes, then those that have most blocks. In the "
            + "format that `Accept` asks for, text by default.")
    @Problems(ProblemType.NOT_READY)
    @GetMapping
    ResponseEntity<byte[]> scrape(
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) throws IOException {
        var writer = formats.findWriter(accept);
        var text = new ByteArrayOutputStream();
        writer.write(text, exposition.of(views.connected()));
        return ResponseEntity.ok().header(HttpHeaders.CONTENT_TYPE, writer.getContentType()).body(text.toByteArray());
    }
}
