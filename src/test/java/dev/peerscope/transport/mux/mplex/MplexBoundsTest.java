package dev.peerscope.transport.mux.mplex;

import dev.peerscope.transport.mux.MuxerBoundsContract;
import dev.peerscope.transport.mux.MuxerFactory;

class MplexBoundsTest extends MuxerBoundsContract {

    @Override
    protected MuxerFactory factory() {
        return new MplexMuxerFactory();
    }
}
