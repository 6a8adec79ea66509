package dev.peerscope.transport.identity;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import dev.peerscope.transport.varint.MalformedVarint;
import dev.peerscope.transport.varint.VarintReader;
import dev.peerscope.transport.varint.VarintWriter;

/** Identify's messages on a stream, each with its length as a varint before it. */
final class IdentifyFrames {

    private static final int LENGTH_MAX = 64 * 1024;
    /** As with go-libp2p and js-libp2p, who has much to say says it in several messages, but not in more. */
    private static final int MESSAGES_MAX = 10;

    private final Sink sink;
    private final VarintReader length = new VarintReader();
    private byte @Nullable [] body;
    private int bodyLength;
    private int messages;

    /** Who is told what came. */
    interface Sink {
        void message(IdentifyMessage message) throws UnusableIdentify;
    }

    IdentifyFrames(Sink sink) {
        this.sink = sink;
    }

    static ByteBuf write(IdentifyMessage message) {
        byte[] bytes = message.encode();
        var out = Unpooled.buffer(bytes.length + 3);
        VarintWriter.write(out, bytes.length);
        return out.writeBytes(bytes);
    }

    /** Takes bytes in any cut. */
    void read(ByteBuf bytes) throws UnusableIdentify {
        while (bytes.isReadable()) {
            if (body == null) {
                readLength(bytes.readByte());
            } else {
                int part = Math.min(body.length - bodyLength, bytes.readableBytes());
                bytes.readBytes(body, bodyLength, part);
                bodyLength += part;
            }
            endMessage();
        }
    }

    private void readLength(byte next) throws UnusableIdentify {
        try {
            if (!length.add(next)) {
                return;
            }
        } catch (MalformedVarint malformed) {
            throw UnusableIdentify.broken("the length of a message " + malformed.reason());
        }
        long bytes = length.take();
        if (bytes > LENGTH_MAX) {
            throw UnusableIdentify.tooLarge("a message has " + bytes + " bytes, more than " + LENGTH_MAX);
        }
        if (++messages > MESSAGES_MAX) {
            throw UnusableIdentify.tooLarge("it comes in more than " + MESSAGES_MAX + " messages");
        }
        body = new byte[(int) bytes];
        bodyLength = 0;
    }

    private void endMessage() throws UnusableIdentify {
        if (body != null && bodyLength == body.length) {
            var message = IdentifyMessage.decode(body);
            body = null;
            sink.message(message);
        }
    }
}
