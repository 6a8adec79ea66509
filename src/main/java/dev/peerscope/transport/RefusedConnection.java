package dev.peerscope.transport;

import dev.peerscope.peer.Direction;
import dev.peerscope.peer.Multiaddr;
import java.time.Instant;

/**
 * A connection that ended before it was connected.
 *
 * @param reason
 *            a sentence with the details
 */
public record RefusedConnection(Instant at, Multiaddr remoteAddress, Direction direction, DialStep step,
        RefusalKind kind, String reason) {
}
