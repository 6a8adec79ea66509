package dev.peerscope.transport.mux.yamux;

import dev.peerscope.peer.Direction;
import dev.peerscope.transport.mux.Muxer;
import dev.peerscope.transport.mux.MuxerEvents;
import dev.peerscope.transport.mux.MuxerFactory;
import dev.peerscope.transport.mux.MuxerLimits;
import dev.peerscope.transport.mux.MuxerOutput;

/** Multiplexes connections with yamux. */
public final class YamuxMuxerFactory implements MuxerFactory {

    /** As it is negotiated. */
    public static final String PROTOCOL_ID = "/yamux/1.0.0";

    @Override
    public String protocolId() {
        return PROTOCOL_ID;
    }

    @Override
    public Muxer create(Direction direction, MuxerLimits limits, MuxerOutput output, MuxerEvents events) {
        return new YamuxMuxer(direction, limits, output, events);
    }
}
