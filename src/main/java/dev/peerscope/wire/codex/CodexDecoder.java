package dev.peerscope.wire.codex;

import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.wire.FrameReader;
import dev.peerscope.wire.MessageDecoder;
import dev.peerscope.wire.WireLimits;

/** Frames, then the message in each. */
final class CodexDecoder implements MessageDecoder {

    private final FrameReader frames;
    private final MessageReader messages;
    private int messageLength;

    CodexDecoder(WireLimits limits) {
        this.frames = new FrameReader(limits.messageLengthMax());
        this.messages = new MessageReader(limits);
    }

    @Override
    public void decode(ByteBuf in, Consumer<ExchangeMessage> out) {
        frames.read(in, (bytes, from, to) -> {
            messageLength = to - from;
            out.accept(messages.read(bytes, from, to));
        });
    }

    @Override
    public int messageLength() {
        return messageLength;
    }

    @Override
    public boolean isInsideMessage() {
        return frames.isInsideFrame();
    }

    @Override
    public int gatheredBytes() {
        return frames.gatheredBytes();
    }

    @Override
    public void close() {
        frames.close();
    }
}
