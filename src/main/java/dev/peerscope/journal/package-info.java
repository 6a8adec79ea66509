/**
 * The ordered, bounded record of presence changes, and live readers of it.
 *
 * <p>
 * Presence changes flow in from the engine, in the order in which they became true, and get a sequence number without gaps.
 * Queries and subscriptions flow out. A subscription is a position in the record that moves on: history and what happens now
 * reach a reader through the same steps, so nothing is lost or told twice where one turns into the other. The writer never
 * waits for a reader; a reader that falls behind the bound is told which part it missed.
 */
@NullMarked
package dev.peerscope.journal;

import org.jspecify.annotations.NullMarked;
