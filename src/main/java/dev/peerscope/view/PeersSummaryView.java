package dev.peerscope.view;

import java.util.Map;

import io.swagger.v3.oas.annotations.media.Schema;

/** The peers in numbers. */
@Schema(name = "PeersSummary", description = "The peers in numbers.")
public record PeersSummaryView(
        @Schema(description = "Peers by state; departed are those that are remembered", example = "{\"connected\": 12, \"departed\": 3}") Map<String, Integer> byState,
        @Schema(description = "Connected peers by who began the connection", example = "{\"inbound\": 4, \"outbound\": 8}") Map<String, Integer> byDirection,
        @Schema(description = "Connected peers by kind of agent: the agent's name up to the first slash or space; `unknown` "
                + "where identify has not told", example = "{\"Codex\": 11, \"unknown\": 1}") Map<String, Integer> byAgent,
        @Schema(description = "Presence records of all connected peers", example = "{\"have\": 7200, \"denied\": 36}") Map<String, Long> presences,
        @Schema(description = "Blocks on our own want-list by mode", example = "{\"watch\": 1024, \"fetch\": 46}") Map<String, Long> wants,
        @Schema(description = "Blocks that peers have asked us for, by whether we hold them", example = "{\"held\": 20, \"notHeld\": 2}") Map<String, Long> peerWants) {}
