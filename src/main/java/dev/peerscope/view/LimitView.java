package dev.peerscope.view;

import io.swagger.v3.oas.annotations.media.Schema;

/** A bound of this node. */
@Schema(name = "Limit", description = "A bound of this node.")
public record LimitView(
        @Schema(description = "Its name", example = "peer-want-list") String limit,
        @Schema(description = "How much is allowed", example = "65536") long setting,
        @Schema(description = "How much is in use now; of a bound for each peer, by the peer that uses most, and 0 of a bound on one message, frame or request", example = "20") long used,
        @Schema(description = "Records, entries or attempts that it has turned away since the start", example = "0") long met) {}
