/**
 * Secured connections: Noise with libp2p's identity payload, as machines that know nothing of sockets.
 *
 * <p>In flow handshake messages, then ciphertext; out flow handshake messages, the proven identity of the remote, then
 * plaintext. The suite is fixed: {@code Noise_XX_25519_ChaChaPoly_SHA256}. X25519 and ChaCha20-Poly1305 are the JDK's.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/noise/README.md">noise-libp2p</a>
 * @see <a href="https://noiseprotocol.org/noise.html">The Noise protocol framework, revision 34</a>
 */
@NullMarked
package dev.peerscope.transport.noise;

import org.jspecify.annotations.NullMarked;
