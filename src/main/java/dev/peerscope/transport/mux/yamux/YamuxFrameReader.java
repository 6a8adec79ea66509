package dev.peerscope.transport.mux.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import dev.peerscope.transport.mux.MuxerViolation;

/** Cuts the bytes of a connection into frames; only a header that comes in parts is collected, data is handed on as it comes. */
final class YamuxFrameReader {

    private final Sink sink;
    private final ByteBuf partialHeader = Unpooled.buffer(YamuxHeader.LENGTH, YamuxHeader.LENGTH);
    /** The frame whose data is being read; null between frames. */
    private @Nullable YamuxHeader frame;
    private long remaining;

    /** Who is told what the frames are. */
    interface Sink {

        /** A frame begins; if it is of data, its parts and its end follow. */
        void begin(YamuxHeader header) throws MuxerViolation;

        /** The next part of its data; the buffer is lent. */
        void data(ByteBuf part);

        /** All of its data has come. */
        void end(YamuxHeader header);
    }

    YamuxFrameReader(Sink sink) {
        this.sink = sink;
    }

    void read(ByteBuf bytes) throws MuxerViolation {
        while (bytes.isReadable()) {
            if (frame == null) {
                readHeader(bytes);
            } else {
                readData(frame, bytes);
            }
        }
    }

    private void readHeader(ByteBuf bytes) throws MuxerViolation {
        partialHeader.writeBytes(bytes, Math.min(partialHeader.writableBytes(), bytes.readableBytes()));
        if (partialHeader.isWritable()) {
            return;
        }
        var header = YamuxHeader.read(partialHeader);
        partialHeader.clear();
        sink.begin(header);
        if (header.type() == YamuxHeader.Type.DATA && header.length() > 0) {
            frame = header;
            remaining = header.length();
        } else {
            sink.end(header);
        }
    }

    private void readData(YamuxHeader header, ByteBuf bytes) {
        int length = (int) Math.min(remaining, bytes.readableBytes());
        remaining -= length;
        sink.data(bytes.readSlice(length));
        if (remaining == 0) {
            frame = null;
            sink.end(header);
        }
    }
}
