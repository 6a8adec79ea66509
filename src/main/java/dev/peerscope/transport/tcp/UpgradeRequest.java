package dev.peerscope.transport.tcp;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.peerscope.peer.Direction;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.DialStep;

/**
 * A socket that is to become a connection.
 *
 * @param expected
 *            who must be at the other end; empty accepts anyone
 * @param reached
 *            told each step when it begins
 * @param result
 *            completed with the connection, or failed with a {@link dev.peerscope.transport.DialFailed}
 */
record UpgradeRequest(Direction direction, Multiaddr remoteAddress, Optional<PeerId> expected,
        ConnectionTable.Slot slot, Consumer<DialStep> reached, CompletableFuture<Connection> result) {}
