package dev.peerscope.view;

import java.time.Instant;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import dev.peerscope.block.Price;
import dev.peerscope.engine.EngineReader.PresenceRecord;

/** What is known of one block at one peer. */
@Schema(name = "BlockState", description = "What is known of one block at one peer; not knowing is an answer.")
public record BlockStateView(AddressView address,
        @Schema(description = "What the peer said last", allowableValues = {
                "have", "dontHave", "unknown"}, example = "have") String state,
        @Schema(description = "What the peer asks for it; with `have`", example = "1000") @Nullable String price,
        @Schema(description = "When the peer last said so, per 1,024 neighbouring leaves and in tenths of a second: may be earlier than the truth, never later; absent with `unknown`", example = Examples.LATER) @Nullable Instant confirmedAt) {

    static BlockStateView of(PresenceRecord presence) {
        return new BlockStateView(AddressView.of(presence.address()), presence.state().text(),
                presence.price().map(Price::toString).orElse(null), presence.confirmedAt().orElse(null));
    }
}
