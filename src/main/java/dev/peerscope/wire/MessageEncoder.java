package dev.peerscope.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import dev.peerscope.message.ExchangeMessage;

/** Writes messages. Without state, for any thread. */
public interface MessageEncoder {

    /**
     * One framed message: its length as an unsigned varint, then the message.
     *
     * @param message what to say; its {@code rejected} records are ours to know and are not written
     * @return a buffer of exactly the size that is needed; the caller releases it
     * @throws UnsendableMessage when a real node could not read it
     */
    ByteBuf encode(ExchangeMessage message, ByteBufAllocator allocator);
}
