package dev.peerscope.api;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import dev.peerscope.node.DialAddresses;
import dev.peerscope.peer.InvalidPeerData;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.view.Examples;

/** The body of a dial. */
@Schema(name = "DialRequest", description = "Where to reach a peer.")
record DialRequest(
        @Schema(description = "A multiaddr over TCP, with or without the expected peer id at its end, or a signed peer record "
                + "(`spr:…`)", example = Examples.FULL_ADDRESS) @Nullable String address) {

    /** What to try, in this order. */
    List<PeerAddress> addresses() {
        if (address == null || address.isBlank()) {
            throw new ApiProblem(ProblemType.MALFORMED_BODY,
                    "the field 'address' is missing; expected /ip4/…/tcp/…, with or without /p2p/… at the end, or spr:…");
        }
        try {
            return DialAddresses.parse(address.strip()).inOrder();
        } catch (InvalidPeerData e) {
            throw new ApiProblem(Problem.of(ProblemType.MALFORMED_ADDRESS, "address: " + e.getMessage()
                    + "; expected /ip4/…/tcp/…, with or without /p2p/… at the end, or spr:…"), e);
        }
    }
}
