package dev.peerscope.view;

import java.time.Instant;

import io.swagger.v3.oas.annotations.media.Schema;
import dev.peerscope.engine.EngineReader.PeerWant;

/** A block that a peer has explicitly asked us for. */
@Schema(name = "Want", description = "A block that the peer has asked us for and not got yet.")
public record WantView(AddressView address,
        @Schema(description = "What it asked for; only asks for the block itself are kept", allowableValues = "wantBlock", example = "wantBlock") String wantType,
        @Schema(description = "Higher is more urgent", example = "0") int priority,
        @Schema(description = "Whether it wishes to hear when we do not have it", example = "false") boolean sendDontHave,
        @Schema(description = "When it asked", example = Examples.TIME) Instant since) {

    static WantView of(PeerWant want) {
        return new WantView(AddressView.of(want.entry().address()), "wantBlock", want.entry().priority(),
                want.entry().sendDontHave(), want.since());
    }
}
