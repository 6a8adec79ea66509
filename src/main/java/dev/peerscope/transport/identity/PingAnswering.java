package dev.peerscope.transport.identity;

import io.netty.buffer.ByteBuf;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;

/** Sends back what comes, as it comes, until the remote closes its half. */
final class PingAnswering implements StreamHandler {

    @Override
    public void received(Stream stream, ByteBuf data) {
        if (stream.isWritable()) {
            // Should it never leave, the stream or its connection has ended.
            var unused = stream.write(data.copy());
        } else {
            // It pings without reading the answers, and we keep none for it.
            stream.reset();
        }
    }

    @Override
    public void remoteClosed(Stream stream) {
        stream.closeWrite();
    }

    @Override
    public void reset(Stream stream) {
        // Nothing is kept.
    }

    @Override
    public void writabilityChanged(Stream stream) {
        // What could not be written has ended the stream.
    }
}
