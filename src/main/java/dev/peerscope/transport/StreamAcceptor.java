package dev.peerscope.transport;

/** Takes the streams that remotes open for one protocol. */
@FunctionalInterface
public interface StreamAcceptor {

    /** The protocol has been agreed; returns who is told about the stream. Called on the connection's event loop. */
    StreamHandler accept(Stream stream);
}
