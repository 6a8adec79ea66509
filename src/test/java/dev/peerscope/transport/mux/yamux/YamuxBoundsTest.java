package dev.peerscope.transport.mux.yamux;

import dev.peerscope.transport.mux.MuxerBoundsContract;
import dev.peerscope.transport.mux.MuxerFactory;

class YamuxBoundsTest extends MuxerBoundsContract {

    @Override
    protected MuxerFactory factory() {
        return new YamuxMuxerFactory();
    }
}
