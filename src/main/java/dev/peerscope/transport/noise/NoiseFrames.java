package dev.peerscope.transport.noise;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Noise messages on a byte stream: two bytes of length, big endian, then the message. */
public final class NoiseFrames {

    static final int PREFIX_LENGTH = 2;

    private NoiseFrames() {}

    /** Takes the next whole message as a slice that lives as long as the buffer; null if it is not complete. */
    public static @Nullable ByteBuf next(ByteBuf in) {
        if (in.readableBytes() < PREFIX_LENGTH) {
            return null;
        }
        int length = in.getUnsignedShort(in.readerIndex());
        if (in.readableBytes() < PREFIX_LENGTH + length) {
            return null;
        }
        return in.skipBytes(PREFIX_LENGTH).readSlice(length);
    }

    /** Writes a handshake message with its length. */
    public static void write(ByteBuf out, byte[] message) {
        out.writeShort(message.length).writeBytes(message);
    }
}
