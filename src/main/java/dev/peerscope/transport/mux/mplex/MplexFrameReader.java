package dev.peerscope.transport.mux.mplex;

import io.netty.buffer.ByteBuf;
import dev.peerscope.transport.mux.MuxerViolation;
import dev.peerscope.transport.varint.MalformedVarint;
import dev.peerscope.transport.varint.VarintReader;

/**
 * Cuts the bytes of a connection into frames and hands their data on as it comes, so nothing is ever collected.
 *
 * <pre>
 *   HEADER ── varint ends ──▶ LENGTH ── varint ends ──▶ DATA ── length reached ──▶ HEADER
 *                                └── length 0 ────────────────────────────────────▶ HEADER
 * </pre>
 */
final class MplexFrameReader {

    private final Sink sink;
    private final VarintReader varint = new VarintReader();
    private State state = State.HEADER;
    private long header;
    private long remaining;

    /** Who is told what the frames are. */
    interface Sink {

        /** A frame begins. */
        void frame(MplexFlag flag, long streamId, long length) throws MuxerViolation;

        /** The next part of its data; the buffer is lent. */
        void data(ByteBuf part);
    }

    private enum State {
        HEADER, LENGTH, DATA
    }

    MplexFrameReader(Sink sink) {
        this.sink = sink;
    }

    void read(ByteBuf bytes) throws MuxerViolation {
        while (bytes.isReadable()) {
            switch (state) {
                case HEADER -> readHeader(bytes);
                case LENGTH -> readLength(bytes);
                case DATA -> readData(bytes);
            }
        }
    }

    private void readHeader(ByteBuf bytes) throws MuxerViolation {
        if (varintEnds(bytes)) {
            header = varint.take();
            state = State.LENGTH;
        }
    }

    private void readLength(ByteBuf bytes) throws MuxerViolation {
        if (varintEnds(bytes)) {
            remaining = varint.take();
            state = remaining == 0 ? State.HEADER : State.DATA;
            sink.frame(MplexFlag.of(header), header >>> MplexFlag.BITS, remaining);
        }
    }

    private boolean varintEnds(ByteBuf bytes) throws MuxerViolation {
        try {
            return varint.add(bytes.readByte());
        } catch (MalformedVarint malformed) {
            throw new MuxerViolation("an mplex varint " + malformed.reason());
        }
    }

    private void readData(ByteBuf bytes) {
        int length = (int) Math.min(remaining, bytes.readableBytes());
        remaining -= length;
        if (remaining == 0) {
            state = State.HEADER;
        }
        sink.data(bytes.readSlice(length));
    }
}
