/**
 * Attacks on the finished jar in a process of its own, over real sockets: peers that take and do not give, and what must hold
 * all the same.
 *
 * <p>
 * {@link dev.peerscope.attack.RawConnection} speaks Noise and mplex by hand on a blocking socket, so that a peer can stop
 * reading, read a byte a second, or stop in the middle of a handshake; {@link dev.peerscope.attack.Conduct} is what such peers
 * do; {@link dev.peerscope.attack.Crowd} is many of them. A {@link dev.peerscope.attack.Scenario} starts the service, lets a
 * crowd loose and says what held. {@link dev.peerscope.attack.AttackRun} runs them in full with the attackers in a second JVM,
 * {@code AttackIT} scaled down.
 */
@NullMarked
package dev.peerscope.attack;

import org.jspecify.annotations.NullMarked;
