package dev.peerscope.transport.mux.mplex;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Writes frames. */
final class MplexFrames {

    /** Two varints: nine bytes for the header and five for a length below 2³¹. */
    private static final int HEADER_LENGTH_MAX = 14;

    private MplexFrames() {}

    static ByteBuf empty(MplexFlag flag, long streamId) {
        return header(flag, streamId, 0);
    }

    /** Takes the ownership of the data; its bytes are not copied. */
    static ByteBuf of(MplexFlag flag, long streamId, ByteBuf data) {
        return Unpooled.wrappedBuffer(header(flag, streamId, data.readableBytes()), data);
    }

    private static ByteBuf header(MplexFlag flag, long streamId, int length) {
        var header = Unpooled.buffer(HEADER_LENGTH_MAX);
        writeVarint(header, streamId << MplexFlag.BITS | flag.ordinal());
        writeVarint(header, length);
        return header;
    }

    private static void writeVarint(ByteBuf out, long value) {
        long rest = value;
        while (rest > 0x7f) {
            out.writeByte((int) rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }
}
