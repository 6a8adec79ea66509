package dev.peerscope.view;

import java.time.Instant;
import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who has a block, who does not, who wants it. */
@Schema(name = "BlockPeers", description = "What is known of one block over all connected peers.")
public record BlockPeersView(AddressView address,
        @Schema(description = "It is on our want-list", example = "true") boolean wantedByUs,
        @Schema(description = "We hold it", example = "false") boolean heldByUs,
        @Schema(description = "Peers that said that they have it") List<Holder> holders,
        @Schema(description = "Peers that said that they do not have it", example = "[\"" + Examples.OTHER_PEER_ID
                + "\"]") List<String> deniers,
        @Schema(description = "Connected peers that said neither", example = "4") long unknownCount,
        @Schema(description = "Peers that have asked us for it", example = "[]") List<String> wanters,
        @Schema(description = "The holder that asks least for it") @Nullable Holder cheapest) {

    /** A peer that has the block. */
    @Schema(name = "Holder", description = "A peer that has the block.")
    public record Holder(@Schema(description = "Peer id", example = Examples.PEER_ID) String peerId,
            @Schema(description = "What it asks for the block", example = "1000") String price,
            @Schema(description = "When it last said so, per 1,024 neighbouring leaves and in tenths of a second: may be earlier than the truth, never later", example = Examples.LATER) Instant confirmedAt) {}
}
