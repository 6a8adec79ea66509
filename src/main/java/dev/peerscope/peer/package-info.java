/**
 * Who: peer ids, the addresses at which peers are reached, and the signed records in which they publish both.
 *
 * <p>In flows text from people and configuration, and bytes from the wire; out flow values that are known to be well
 * formed. What is malformed is an {@link dev.peerscope.peer.InvalidPeerData} that says which part is wrong. Keys and
 * signatures are not checked here: {@link dev.peerscope.peer.SignedPeerRecord} hands out the bytes that were signed.
 *
 * <p>Specifications: libp2p <i>peer-ids</i>, <i>addressing</i> and RFC 2 and 3 (signed envelopes and peer records), and
 * the multiformats table for multiaddr protocol codes.
 */
@NullMarked
package dev.peerscope.peer;

import org.jspecify.annotations.NullMarked;
