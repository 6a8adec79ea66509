package dev.peerscope.transport.mux.mplex;

import dev.peerscope.peer.Direction;
import dev.peerscope.transport.mux.Muxer;
import dev.peerscope.transport.mux.MuxerEvents;
import dev.peerscope.transport.mux.MuxerFactory;
import dev.peerscope.transport.mux.MuxerLimits;
import dev.peerscope.transport.mux.MuxerOutput;

/** Multiplexes connections with mplex, in which it does not matter who dialled. */
public final class MplexMuxerFactory implements MuxerFactory {

    /** As it is negotiated. */
    public static final String PROTOCOL_ID = "/mplex/6.7.0";

    @Override
    public String protocolId() {
        return PROTOCOL_ID;
    }

    @Override
    public Muxer create(Direction direction, MuxerLimits limits, MuxerOutput output, MuxerEvents events) {
        return new MplexMuxer(limits, output, events);
    }
}
