package dev.peerscope.transport;

import java.time.Instant;

import dev.peerscope.peer.Direction;
import dev.peerscope.peer.Multiaddr;

/**
 * A connection that ended before it was connected.
 *
 * @param reason
 *            a sentence with the details
 */
public record RefusedConnection(Instant at, Multiaddr remoteAddress, Direction direction, DialStep step,
        RefusalKind kind, String reason) {}
