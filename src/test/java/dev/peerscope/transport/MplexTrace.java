package dev.peerscope.transport;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** What one side said over mplex: a second, much simpler reader of frames, to compare with. */
final class MplexTrace {

    /** {@code /multistream/1.0.0} and {@code /mplex/6.7.0}, each with its length. */
    private static final int NEGOTIATION_LENGTH = 34;
    private static final int NEW_STREAM = 0;
    private static final int MESSAGE_INITIATOR = 2;

    /** Streams that the side opened. */
    final Set<Long> opened = new HashSet<>();
    /** What it said on them. */
    final Map<Long, ByteArrayOutputStream> said = new HashMap<>();
    private final ByteBuf unread = Unpooled.buffer();
    private boolean negotiated;

    void add(byte[] plaintext) {
        unread.writeBytes(plaintext);
        if (!negotiated && unread.readableBytes() >= NEGOTIATION_LENGTH) {
            unread.skipBytes(NEGOTIATION_LENGTH);
            negotiated = true;
        }
        while (negotiated && readFrame()) {
            unread.discardReadBytes();
        }
    }

    private boolean readFrame() {
        int start = unread.readerIndex();
        long header = varint();
        long length = varint();
        if (header < 0 || length < 0 || unread.readableBytes() < length) {
            unread.readerIndex(start);
            return false;
        }
        byte[] data = ByteBufUtil.getBytes(unread.readSlice((int) length));
        if ((header & 7) == NEW_STREAM) {
            opened.add(header >> 3);
            said.put(header >> 3, new ByteArrayOutputStream());
        } else if ((header & 7) == MESSAGE_INITIATOR) {
            said.get(header >> 3).writeBytes(data);
        }
        return true;
    }

    /** Returns -1 when it is not complete. */
    private long varint() {
        long value = 0;
        for (int shift = 0; unread.isReadable(); shift += 7) {
            byte next = unread.readByte();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        return -1;
    }
}
