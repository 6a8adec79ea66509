package dev.peerscope.transport.mux.yamux;

import dev.peerscope.transport.mux.MuxerContract;
import dev.peerscope.transport.mux.MuxerFactory;

class YamuxContractTest extends MuxerContract {

    @Override
    protected MuxerFactory factory() {
        return new YamuxMuxerFactory();
    }
}
