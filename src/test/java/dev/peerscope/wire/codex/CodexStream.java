package dev.peerscope.wire.codex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.wire.MessageDecoder;
import dev.peerscope.wire.WireLimits;

/** Decodes and encodes whole streams in one call, and counts the buffers back in. */
final class CodexStream {

    private static final CodexDialect DIALECT = new CodexDialect();

    private CodexStream() {}

    static ExchangeMessage decodeOne(byte[] message) {
        return decodeOne(message, WireLimits.DEFAULT);
    }

    static ExchangeMessage decodeOne(byte[] message, WireLimits limits) {
        List<ExchangeMessage> messages = decode(limits, ExpectedMessages.framed(message));
        assertThat(messages).hasSize(1);
        return messages.getFirst();
    }

    static List<ExchangeMessage> decode(byte[]... cuts) {
        return decode(WireLimits.DEFAULT, cuts);
    }

    static List<ExchangeMessage> decode(WireLimits limits, byte[]... cuts) {
        List<ExchangeMessage> messages = new ArrayList<>();
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        try (MessageDecoder decoder = DIALECT.decoder(limits)) {
            for (byte[] cut : cuts) {
                ByteBuf in = allocator.heapBuffer().writeBytes(cut);
                try {
                    decoder.decode(in, messages::add);
                } finally {
                    in.release();
                }
            }
        }
        assertThat(allocator.metric().usedHeapMemory()).as("bytes of buffers that nobody released").isZero();
        return messages;
    }

    /** The message as it is written, without the length in front. */
    static byte[] encode(ExchangeMessage message) {
        ByteBuf frame = DIALECT.encoder().encode(message, UnpooledByteBufAllocator.DEFAULT);
        try {
            assertThat(frame.capacity()).as("room in the buffer").isEqualTo(frame.readableBytes());
            int length = 0;
            int shift = 0;
            byte next;
            do {
                next = frame.readByte();
                length |= (next & 0x7f) << shift;
                shift += 7;
            } while (next < 0);
            byte[] bytes = new byte[length];
            frame.readBytes(bytes);
            assertThat(frame.isReadable()).as("bytes after the message").isFalse();
            return bytes;
        } finally {
            frame.release();
        }
    }

    static ByteBuf direct(byte[] bytes) {
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }
}
