package dev.peerscope.transport;

import io.netty.buffer.ByteBuf;

/** Sends back what it gets. */
final class Echo implements StreamHandler {

    @Override
    public void received(Stream stream, ByteBuf data) {
        stream.write(data.retain());
    }

    @Override
    public void remoteClosed(Stream stream) {
        stream.closeWrite();
    }

    @Override
    public void reset(Stream stream) {}

    @Override
    public void writabilityChanged(Stream stream) {}
}
