/**
 * Facts in the past tense: what the engine now believes that it did not believe before.
 *
 * <p>
 * Every change of a peer's presence or want-list, every join and leave, every block that moved leaves the engine as an
 * {@link dev.peerscope.event.ExchangeEvent} with a reason from a closed set. Sinks (journal, metrics, the directory of
 * departed peers) take them in the order in which they became true; nothing flows back.
 */
@NullMarked
package dev.peerscope.event;

import org.jspecify.annotations.NullMarked;
