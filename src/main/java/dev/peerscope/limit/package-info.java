/**
 * The limits of this service: their {@linkplain dev.peerscope.limit.LimitName names}, the one
 * {@linkplain dev.peerscope.limit.LimitRegister register} in which each part enters its own, and the
 * {@linkplain dev.peerscope.limit.MemoryBudget memory} that all peers may take.
 *
 * <p>
 * In flow settings, present uses and what each peer {@linkplain dev.peerscope.limit.PeerUse takes}; out flows what the API and the meters
 * show, and who has to go. Every other package may use this one, and it uses none of them.
 */
@NullMarked
package dev.peerscope.limit;

import org.jspecify.annotations.NullMarked;
