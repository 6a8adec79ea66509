package dev.peerscope.transport.mux.mplex;

import dev.peerscope.transport.mux.MuxerContract;
import dev.peerscope.transport.mux.MuxerFactory;

class MplexContractTest extends MuxerContract {

    @Override
    protected MuxerFactory factory() {
        return new MplexMuxerFactory();
    }
}
