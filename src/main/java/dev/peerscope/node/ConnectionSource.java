package dev.peerscope.node;

import java.util.concurrent.RejectedExecutionException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.limit.PeerUse;
import dev.peerscope.transport.Connection;

/** A connection as a source of messages; two of these are equal when they are of the same connection. */
record ConnectionSource(Connection connection, PeerUse use) implements MessageSource {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionSource.class);

    @Override
    public void pauseReading() {
        connection.pauseReading();
    }

    /** Does nothing when the host has stopped: the connection is over, and what it concerns is this connection alone. */
    @Override
    public void resumeReading() {
        try {
            connection.resumeReading();
        } catch (RejectedExecutionException e) {
            LOG.debug("not read again, the host has stopped: connection={}", connection.id());
        }
    }
}
