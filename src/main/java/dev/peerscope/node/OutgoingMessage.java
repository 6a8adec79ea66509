package dev.peerscope.node;

import java.util.Objects;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import dev.peerscope.message.ExchangeMessage;

/**
 * A message on its way to a peer: objects until a stream takes it, from then on bytes and never both. Not a record, since equal
 * messages are not the same one. Guarded by its lane.
 */
final class OutgoingMessage {

    /** Run when it has been handed to the socket. */
    final Runnable written;
    /** Run instead when the peer turns out not to speak the dialect. */
    final Runnable dropped;
    /** A stream that had taken it has died. */
    boolean again;
    private @Nullable ExchangeMessage message;
    /** The whole message, framed; kept until the socket has taken it, for another stream may have to begin anew. */
    private @Nullable ByteBuf bytes;
    private @Nullable MessageSummary summary;
    private final int lengthAsObjects;
    private final int memoryAsObjects;

    OutgoingMessage(ExchangeMessage message, Runnable written, Runnable dropped) {
        this.message = message;
        this.written = written;
        this.dropped = dropped;
        this.lengthAsObjects = MessageWeight.onTheWire(message);
        this.memoryAsObjects = MessageWeight.inMemory(message);
    }

    /** What it says; null when it is bytes already. */
    @Nullable
    ExchangeMessage message() {
        return message;
    }

    /** It is these bytes from now on, which it owns. */
    void becomes(ByteBuf encoded) {
        if (message != null) {
            summary = MessageSummary.of(message, bodyLength(encoded));
            bytes = encoded;
            message = null;
        }
    }

    /** The bytes for one stream, which releases them. */
    ByteBuf bytesForStream() {
        return Objects.requireNonNull(bytes).retainedDuplicate();
    }

    /** What it was about, once it is bytes. */
    MessageSummary summary() {
        return Objects.requireNonNull(summary);
    }

    /** Bytes on the wire: roughly, as long as it is objects. */
    int length() {
        return bytes == null ? lengthAsObjects : bytes.readableBytes();
    }

    /** Bytes that it takes in memory, roughly. */
    int memory() {
        return bytes == null ? memoryAsObjects : bytes.readableBytes();
    }

    /** It is over. */
    void release() {
        if (bytes != null) {
            bytes.release();
        }
    }

    /** What follows the varint that tells the length. */
    private static int bodyLength(ByteBuf framed) {
        int at = framed.readerIndex();
        while (framed.getByte(at) < 0) {
            at++;
        }
        return framed.writerIndex() - at - 1;
    }
}
