package dev.peerscope.transport.mux.mplex;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import dev.peerscope.transport.varint.VarintWriter;

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
        VarintWriter.write(header, streamId << MplexFlag.BITS | flag.ordinal());
        VarintWriter.write(header, length);
        return header;
    }
}
