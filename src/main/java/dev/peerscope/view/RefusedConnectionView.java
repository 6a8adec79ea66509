package dev.peerscope.view;

import java.time.Instant;
import java.util.Locale;

import io.swagger.v3.oas.annotations.media.Schema;
import dev.peerscope.node.RefusedConnection;

/** A connection that ended before its peer had joined. */
@Schema(name = "RefusedConnection", description = "A connection that ended before its peer had joined.")
public record RefusedConnectionView(@Schema(description = "When", example = Examples.TIME) Instant at,
        @Schema(description = "Address of the other side", example = Examples.ADDRESS) String remoteAddress,
        @Schema(description = "Who began it", allowableValues = {
                "inbound", "outbound"}, example = "inbound") String direction,
        @Schema(description = "How far it came", allowableValues = {"connect", "security", "identity", "muxer",
                "join"}, example = "identity") String step,
        @Schema(description = "What stood in the way", allowableValues = {"unreachable", "timeout",
                "connection-lost", "protocol-violation", "identity-invalid", "wrong-peer", "ourselves",
                "no-common-protocol", "limit-met", "peer-closed", "operator",
                "node-stopped"}, example = "identity-invalid") String reason,
        @Schema(description = "The same in a sentence, with the figures", example = "the signature in the Noise payload does not hold") String detail) {

    static RefusedConnectionView of(RefusedConnection refused) {
        return new RefusedConnectionView(refused.at(), refused.remoteAddress().toString(),
                refused.direction().name().toLowerCase(Locale.ROOT), refused.step(), refused.reason().text(),
                refused.detail());
    }
}
