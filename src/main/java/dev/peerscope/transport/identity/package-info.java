/**
 * Who we are and how others prove who they are: identity keys and their signatures, and the identify and ping protocols.
 *
 * <p>In flow key files and libp2p's {@code PublicKey} messages; out flow peer ids and answers to "does this signature
 * hold". ECDSA P-256 and RSA come from the JDK, Ed25519 and secp256k1 from Bouncy Castle.
 *
 * <p>Specifications: libp2p <i>peer-ids</i>, <i>identify</i> 1.0.0 and <i>ping</i> 1.0.0.
 */
@NullMarked
package dev.peerscope.transport.identity;

import org.jspecify.annotations.NullMarked;
