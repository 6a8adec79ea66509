package dev.peerscope.wire;

import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import dev.peerscope.message.ExchangeMessage;

/** Reads the messages of one stream. It belongs to the thread of the stream's connection. */
public interface MessageDecoder extends AutoCloseable {

    /**
     * Takes the next bytes of the stream, cut anywhere, and hands over each message that is complete with them.
     *
     * @param in read to its end; stays the caller's to release
     * @param out called on this thread, in the order of the stream, before this method returns
     * @throws ProtocolViolation when the stream breaks a rule; messages before the broken one have been handed over, and
     *         the decoder is of no further use
     */
    void decode(ByteBuf in, Consumer<ExchangeMessage> out);

    /** Bytes of the message that was handed over last, without those of its length. */
    int messageLength();

    /** Whether a message has begun and not ended: if the stream ends now, it was cut short. */
    boolean isInsideMessage();

    /** Memory in bytes that an unfinished message takes here; zero when there is none. */
    int gatheredBytes();

    /** Frees what is kept of an unfinished message. May be called again. */
    @Override
    void close();
}
