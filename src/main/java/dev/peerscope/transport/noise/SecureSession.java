package dev.peerscope.transport.noise;

import java.util.Optional;

import dev.peerscope.transport.identity.PublicIdentity;

/**
 * What a handshake has led to.
 *
 * @param remote
 *            the key that the remote has proven to own
 * @param muxer
 *            the muxer, if both sides offered theirs within the handshake
 */
public record SecureSession(PublicIdentity remote, Optional<String> muxer, SecureTransport transport) {}
