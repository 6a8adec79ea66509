package dev.peerscope.node;

import java.time.Instant;

import dev.peerscope.peer.Direction;
import dev.peerscope.peer.Multiaddr;

/**
 * A connection that ended before its peer joined.
 *
 * @param direction
 *            who dialled
 * @param step
 *            how far it came: {@code connect}, {@code security}, {@code identity}, {@code muxer}, or {@code join}
 * @param reason
 *            what stood in the way
 * @param detail
 *            a sentence with the figures
 */
public record RefusedConnection(Instant at, Multiaddr remoteAddress, Direction direction, String step,
        RefusalReason reason, String detail) {}
