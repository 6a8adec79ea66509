package dev.peerscope.view;

import java.time.Instant;
import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A peer that is connected, or was. */
@Schema(name = "Peer", description = "A remote peer, connected or departed.")
public record PeerView(
        @Schema(description = "Peer id in its usual text form", example = Examples.PEER_ID) String peerId,
        @Schema(description = "Address of its first connection", example = Examples.ADDRESS) String address,
        @Schema(description = "Who began the connection", allowableValues = {
                "inbound", "outbound"}, example = "inbound") String direction,
        @Schema(description = "Whether it is connected", allowableValues = {"connected",
                "departed"}, example = "connected") String state,
        @Schema(description = "What it calls itself, once identify has told", example = "Codex") @Nullable String agent,
        @Schema(description = "Protocols that it speaks, once identify has told", example = "[\"/codex/blockexc/1.0.0\"]") List<String> protocols,
        @Schema(description = "When it joined", example = Examples.TIME) Instant connectedAt,
        @Schema(description = "When it left", example = Examples.LATER) @Nullable Instant departedAt,
        @Schema(description = "Why it left", allowableValues = {"peer-closed", "connection-lost", "peer-timeout",
                "protocol-violation", "limit-met", "operator",
                "node-stopped"}, example = "peer-closed") @Nullable String departureReason,
        @Schema(description = "Blocks in its have-set", example = "600") long haveCount,
        @Schema(description = "Blocks that it said it does not have", example = "3") long deniedCount,
        @Schema(description = "Blocks in its want-list", example = "20") long wantCount,
        @Schema(description = "Blocks that we have asked of it and await", example = "46") long requestedCount,
        @Schema(description = "Valid blocks that it delivered", example = "100") long blocksReceived,
        @Schema(description = "Blocks that we sent to it", example = "40") long blocksSent,
        @Schema(description = "Data of the blocks that it delivered, in bytes", example = "6553600") long bytesReceived,
        @Schema(description = "Data of the blocks that we sent to it, in bytes", example = "2621440") long bytesSent,
        @Schema(description = "When the last message of the exchange came from it", example = Examples.LATER) @Nullable Instant lastExchangeAt,
        Interest interest, Knowledge knowledge, Claims claims,
        @Schema(description = "Ethereum address that it wishes to be paid at, 40 hexadecimal digits", example = "52908400098527886e0f7030069857d2e4169ee7") @Nullable String account) {

    /** What its word is worth. */
    @Schema(name = "Claims", description = "What became of blocks that it said it has once we had asked it for them.")
    public record Claims(
            @Schema(description = "It delivered", example = "46") long delivered,
            @Schema(description = "It did not deliver in time, or left before it did", example = "2") long timeout,
            @Schema(description = "It then said that it does not have the block", example = "1") long dontHave,
            @Schema(description = "What it delivered was not the block", example = "0") long invalid,
            @Schema(description = "Another peer delivered first, or nobody wanted the block any more", example = "3") long superseded) {}

    /** BitTorrent's word for who wants something of whom. */
    @Schema(name = "Interest", description = "Who wants blocks of whom.")
    public record Interest(
            @Schema(description = "It has a block that we want to fetch", example = "true") boolean ours,
            @Schema(description = "It has asked us for a block", example = "false") boolean theirs) {}

    /** How fresh what we know of the peer is. */
    @Schema(name = "Knowledge", description = "How fresh our knowledge of the peer is.")
    public record Knowledge(
            @Schema(description = "When all our wants had last been asked of it", example = Examples.LATER) @Nullable Instant lastRefreshAt,
            @Schema(description = "Asks are under way", example = "false") boolean refreshInProgress,
            @Schema(description = "Time between two rounds of asking, in seconds", example = "10.0") double backoffSeconds,
            @Schema(description = "The last round is longer ago than it should be", example = "false") boolean stale,
            @Schema(description = "Nothing is asked of it for now: it takes nothing that we send, or does not speak the exchange, which its protocols tell", example = "false") boolean heldBack) {

        static final Knowledge OF_DEPARTED = new Knowledge(null, false, 0, true, false);
    }
}
