package dev.peerscope.transport.mux;

import dev.peerscope.peer.Direction;

/** Makes the muxer of one protocol for each connection. */
public interface MuxerFactory {

    /** As it is negotiated, such as {@code /mplex/6.7.0}. */
    String protocolId();

    /**
     * Makes the muxer of a connection whose bytes begin now.
     *
     * @param direction
     *            who dialled the connection
     */
    Muxer create(Direction direction, MuxerLimits limits, MuxerOutput output, MuxerEvents events);
}
