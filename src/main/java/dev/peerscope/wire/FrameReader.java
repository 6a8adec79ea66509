package dev.peerscope.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import dev.peerscope.wire.ProtocolViolation.Rule;

/**
 * Cuts a stream into frames: an unsigned varint length, then as many bytes.
 *
 * <p>A frame that arrives whole in a heap buffer is handed over where it lies. Any other is gathered in a buffer from the
 * allocator of the one that began it. That buffer grows with what arrives, so an announced length costs the sender the
 * bytes before it costs us the memory.
 *
 * <p>Between length and body: reading the length → (length complete) → gathering → (body complete) → reading the length.
 */
public final class FrameReader implements AutoCloseable {

    /** A first guess that takes most messages without growing. */
    private static final int GATHERED_AT_FIRST = 16_384;

    private final int lengthMax;
    private final VarintBytes length = new VarintBytes();
    /** Bytes of the frame's body, or -1 while its length is not complete. */
    private int bodyLength = -1;
    private @Nullable ByteBuf gathered;

    public FrameReader(int lengthMax) {
        this.lengthMax = lengthMax;
    }

    /** Takes the body of one frame. */
    @FunctionalInterface
    public interface FrameHandler {

        /**
         * One frame's body, from {@code from} (included) to {@code to} (excluded); the bytes are only lent.
         */
        void handleFrame(byte[] bytes, int from, int to);
    }

    /**
     * Reads the buffer to its end and hands over each frame that is complete with it.
     *
     * @throws ProtocolViolation when a length is malformed or over the bound; whatever the handler throws passes through
     */
    public void read(ByteBuf in, FrameHandler handler) {
        while (in.isReadable()) {
            if (bodyLength < 0) {
                readLength(in);
            }
            if (bodyLength >= 0) {
                readBody(in, handler);
            }
        }
    }

    private void readLength(ByteBuf in) {
        while (in.isReadable()) {
            if (length.add(in.readByte())) {
                long announced = length.take();
                if (Long.compareUnsigned(announced, lengthMax) > 0) {
                    throw new ProtocolViolation(Rule.MESSAGE_TOO_LONG, "a message of "
                            + Long.toUnsignedString(announced) + " bytes, at most " + lengthMax + " are accepted");
                }
                bodyLength = (int) announced;
                return;
            }
        }
    }

    private void readBody(ByteBuf in, FrameHandler handler) {
        if (gathered == null && in.readableBytes() >= bodyLength && in.hasArray()) {
            int from = in.arrayOffset() + in.readerIndex();
            int end = from + bodyLength;
            in.skipBytes(bodyLength);
            bodyLength = -1;
            handler.handleFrame(in.array(), from, end);
            return;
        }
        ByteBuf body = gathered == null ? gathered = startGathering(in) : gathered;
        body.writeBytes(in, Math.min(in.readableBytes(), bodyLength - body.readableBytes()));
        if (body.readableBytes() == bodyLength) {
            bodyLength = -1;
            gathered = null;
            try {
                handler.handleFrame(body.array(), body.arrayOffset(), body.arrayOffset() + body.readableBytes());
            } finally {
                body.release();
            }
        }
    }

    private ByteBuf startGathering(ByteBuf in) {
        int room = Math.min(bodyLength, Math.max(in.readableBytes(), GATHERED_AT_FIRST));
        return in.alloc().heapBuffer(room, Math.max(bodyLength, 1));
    }

    /** Whether a frame has begun and not ended. */
    public boolean isInsideFrame() {
        return bodyLength >= 0 || length.hasBegun();
    }

    /** Memory in bytes that the frame which has begun takes; at most its length. */
    public int gatheredBytes() {
        return gathered == null ? 0 : gathered.capacity();
    }

    @Override
    public void close() {
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }

    /** A varint that arrives byte by byte: at most ten bytes, 64 bits, in its shortest form. */
    private static final class VarintBytes {

        private static final int BYTES_MAX = 10;

        private long value;
        private int count;

        /** Takes the next byte; true when it was the last one. */
        boolean add(byte next) {
            value |= (next & 0x7fL) << (7 * count);
            count++;
            boolean last = next >= 0;
            if (last && next == 0 && count > 1) {
                throw new ProtocolViolation(Rule.MALFORMED_LENGTH,
                        "a message length of " + count + " bytes that fewer would hold");
            }
            if (count == BYTES_MAX && (!last || next > 1)) {
                throw new ProtocolViolation(Rule.MALFORMED_LENGTH, "a message length of more than 64 bits");
            }
            return last;
        }

        long take() {
            long taken = value;
            value = 0;
            count = 0;
            return taken;
        }

        boolean hasBegun() {
            return count > 0;
        }
    }
}
