package dev.peerscope.transport.tcp;

import dev.peerscope.transport.Connection;

/** Makes a remote send something, if it is still there. */
@FunctionalInterface
public interface Pinger {

    /** Called on the connection's event loop; any traffic that follows counts as the answer. */
    void ping(Connection connection);
}
