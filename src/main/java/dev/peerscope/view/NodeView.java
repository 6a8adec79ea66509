package dev.peerscope.view;

import java.time.Instant;
import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;

/** This node. */
@Schema(name = "Node", description = "This node as its peers see it, and what it holds.")
public record NodeView(@Schema(description = "Our peer id", example = Examples.OTHER_PEER_ID) String peerId,
        @Schema(description = "Addresses that we listen on", example = "[\"/ip4/127.0.0.1/tcp/8070\"]") List<String> addresses,
        @Schema(description = "What we call ourselves", example = "peerscope/0.1.0") String agent,
        @Schema(description = "Version of this program", example = "0.1.0") String version,
        @Schema(description = "When the node started", example = Examples.TIME) Instant startedAt,
        @Schema(description = "Protocols that we speak", example = "[\"/codex/blockexc/1.0.0\", \"/ipfs/id/1.0.0\"]") List<String> protocols,
        @Schema(description = "Connected peers", example = "12") int peers,
        @Schema(description = "Blocks on our want-list", example = "1070") long wants,
        @Schema(description = "Blocks that we hold", example = "46") long blocks,
        @Schema(description = "Data of these blocks, in bytes", example = "3014656") long bytesStored) {}
