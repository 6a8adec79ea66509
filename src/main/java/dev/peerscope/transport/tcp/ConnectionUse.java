package dev.peerscope.transport.tcp;

/**
 * What one connection takes of its bounds.
 *
 * @param streams
 *            streams of the remote that have not ended
 * @param streamBytes
 *            bytes that wait on the stream on which most wait
 * @param socketBytes
 *            bytes that wait for the socket
 */
record ConnectionUse(int streams, long streamBytes, long socketBytes) {

    static final ConnectionUse NONE = new ConnectionUse(0, 0, 0);

    /** Of both, what is more. */
    ConnectionUse most(ConnectionUse other) {
        return new ConnectionUse(Math.max(streams, other.streams), Math.max(streamBytes, other.streamBytes),
                Math.max(socketBytes, other.socketBytes));
    }
}
