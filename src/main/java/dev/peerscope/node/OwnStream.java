package dev.peerscope.node;

import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;

/** The stream on which we speak to a peer: what the peer says on it is read like any other. */
final class OwnStream implements StreamHandler {

    private final InboundStream answers;
    private final Consumer<Stream> died;
    private final Runnable writabilityChanged;

    OwnStream(InboundStream answers, Consumer<Stream> died, Runnable writabilityChanged) {
        this.answers = answers;
        this.died = died;
        this.writabilityChanged = writabilityChanged;
    }

    @Override
    public void received(Stream own, ByteBuf data) {
        answers.received(own, data);
    }

    @Override
    public void remoteClosed(Stream own) {
        // The peer answers elsewhere, or not at all; we may go on writing.
        answers.end();
    }

    @Override
    public void reset(Stream own) {
        answers.end();
        died.accept(own);
    }

    @Override
    public void writabilityChanged(Stream own) {
        writabilityChanged.run();
    }
}
