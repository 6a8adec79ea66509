package dev.peerscope.transport.mux.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import dev.peerscope.transport.mux.MuxerViolation;

/**
 * The first twelve bytes of a frame: version (8 bits), type (8), flags (16), stream (32), length (32).
 *
 * @param streamId
 *            0 for the session, or a stream's number below 2³²
 * @param length
 *            below 2³²: of the data that follows, or what the type says it is
 */
record YamuxHeader(Type type, int flags, long streamId, long length) {

    static final int LENGTH = 12;

    static final int SYN = 1;
    static final int ACK = 2;
    static final int FIN = 4;
    static final int RST = 8;

    private static final int VERSION = 0;
    private static final Type[] TYPES = Type.values();

    /** What the frame is about, and so what {@code length} says. */
    enum Type {
        /** That many bytes of data follow. */
        DATA,
        /** The sender takes that many bytes more. */
        WINDOW_UPDATE,
        /** A value that is to come back. */
        PING,
        /** A code for the end of the session. */
        GO_AWAY
    }

    /** Reads a header; so many bytes must be there. */
    static YamuxHeader read(ByteBuf bytes) throws MuxerViolation {
        int version = bytes.readUnsignedByte();
        int type = bytes.readUnsignedByte();
        if (version != VERSION) {
            throw new MuxerViolation("a yamux frame has the unknown version " + version);
        }
        if (type >= TYPES.length) {
            throw new MuxerViolation("a yamux frame has the unknown type " + type);
        }
        return new YamuxHeader(TYPES[type], bytes.readUnsignedShort(), bytes.readUnsignedInt(),
                bytes.readUnsignedInt());
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    ByteBuf toFrame() {
        return Unpooled.buffer(LENGTH)
                .writeByte(VERSION)
                .writeByte(type.ordinal())
                .writeShort(flags)
                .writeInt((int) streamId)
                .writeInt((int) length);
    }
}
