package dev.peerscope.transport.tcp;

/** Sent through the pipelines of all channels when the host closes. */
enum HostStopped {
    EVENT
}
