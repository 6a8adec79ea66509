package dev.peerscope.view;

import java.time.Instant;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import dev.peerscope.engine.EngineReader.OwnWant;
import dev.peerscope.peer.PeerId;

/** A block on our own want-list. */
@Schema(name = "OwnWant", description = "A block on our own want-list.")
public record OwnWantView(AddressView address,
        @Schema(description = "`watch` asks who has it, `fetch` asks for the block too", allowableValues = {
                "watch", "fetch"}, example = "watch") String mode,
        @Schema(description = "Since when", example = Examples.TIME) Instant since,
        @Schema(description = "The peer that was asked for it and has not delivered yet", example = Examples.PEER_ID) @Nullable String requestedFrom,
        @Schema(description = "Tries that are left before a download gives it up", example = "3000") int retriesLeft) {

    static OwnWantView of(OwnWant want) {
        return new OwnWantView(AddressView.of(want.address()), want.mode().text(), want.since(),
                want.requestedFrom().map(PeerId::toString).orElse(null), want.retriesLeft());
    }
}
