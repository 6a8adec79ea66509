package dev.peerscope.view;

import java.time.Instant;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import dev.peerscope.block.Price;
import dev.peerscope.engine.EngineReader.PresenceRecord;

/** A block that a peer has. */
@Schema(name = "Presence", description = "A block that a peer has.")
public record PresenceView(AddressView address,
        @Schema(description = "What the peer asks for it: a decimal number of up to 256 bits", example = "1000") String price,
        @Schema(description = "When the peer last said so, per 1,024 neighbouring leaves and in tenths of a second: may be earlier than the truth, never later", example = Examples.LATER) @Nullable Instant confirmedAt) {

    static PresenceView of(PresenceRecord presence) {
        return new PresenceView(AddressView.of(presence.address()), presence.price().orElse(Price.ZERO).toString(),
                presence.confirmedAt().orElse(null));
    }
}
