package dev.peerscope.node;

import dev.peerscope.transport.Connection;

/** A connection as a source of messages; two of these are equal when they are of the same connection. */
record ConnectionSource(Connection connection) implements MessageSource {

    @Override
    public void pauseReading() {
        connection.pauseReading();
    }

    @Override
    public void resumeReading() {
        connection.resumeReading();
    }
}
