package dev.peerscope.transport.noise;

import java.util.Optional;

/** What follows from a handshake message. */
public sealed interface HandshakeProgress {

    /** This message must be sent; the other side has the next word. */
    record Answer(byte[] message) implements HandshakeProgress {}

    /** This last message, if there is one, must be sent; then both sides are secured. */
    record Established(Optional<byte[]> message, SecureSession session) implements HandshakeProgress {}
}
