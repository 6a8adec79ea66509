package dev.peerscope.transport.tcp;

/** Sent through the pipeline of a channel whose handshake is ended to make room for another. */
enum HandshakeCrowdedOut {
    EVENT
}
