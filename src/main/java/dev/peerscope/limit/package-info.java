/**
 * The bounds of this service.
 *
 * <p>
 * Every bound that a peer, a user or time can meet has a {@linkplain dev.peerscope.limit.LimitName name}. Every other package may use
 * this one, and it uses none of them.
 */
@NullMarked
package dev.peerscope.limit;

import org.jspecify.annotations.NullMarked;
