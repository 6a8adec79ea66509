/**
 * Where threads, clock, sockets and storage meet the engine.
 *
 * <p>
 * In flow connections and streams from {@code transport}, messages from {@code wire}, blocks from {@code store} and
 * commands from people; out flow messages to peers, and facts to the
 * {@linkplain dev.peerscope.event.ExchangeEventSink sinks}. Between any two threads stands one bounded queue:
 *
 * <ul>
 * <li>event loops decode and hand messages to the engine's inbox; when it is full, the connections that feed it are not
 * read until it has drained;
 * <li>the engine's one thread decides; joins, leaves, deadlines, results and questions have a lane that messages cannot
 * fill;
 * <li>storage threads hash, verify, read and write blocks; while too much waits for verification, no message is taken
 * from the inbox;
 * <li>messages to a peer wait in its own lane; when that is full, the engine produces nothing more for this peer.
 * </ul>
 *
 * <p>
 * What a connection's end means to the exchange follows {@code docs/protocol.md}, sections 5.14 and 5.15.
 */
@NullMarked
package dev.peerscope.node;

import org.jspecify.annotations.NullMarked;
