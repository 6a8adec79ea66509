package dev.peerscope.node;

import io.netty.buffer.ByteBuf;

import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;

/** Hears nothing: for a stream that was reset as it came. */
final class DeafStream implements StreamHandler {

    static final DeafStream INSTANCE = new DeafStream();

    private DeafStream() {}

    @Override
    public void received(Stream stream, ByteBuf data) {}

    @Override
    public void remoteClosed(Stream stream) {}

    @Override
    public void reset(Stream stream) {}

    @Override
    public void writabilityChanged(Stream stream) {}
}
