package dev.peerscope.transport.noise;

import javax.crypto.AEADBadTagException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Plaintext to frames and back, after the handshake; one per connection, used by one thread. */
public final class SecureTransport {

    /** Plaintext bytes that we put in one frame, as a Codex node does: with the tag 65,503, room to spare. */
    public static final int PLAINTEXT_MAX = 65_487;

    private static final byte[] NO_AD = {};

    private final CipherState sending;
    private final CipherState receiving;

    SecureTransport(CipherState sending, CipherState receiving) {
        this.sending = sending;
        this.receiving = receiving;
    }

    /** Encrypts what is readable, into as many frames as it takes, lengths in front. Leaves the input's release to the caller. */
    public ByteBuf encrypt(ByteBuf plaintext, ByteBufAllocator allocator) {
        int frames = Math.ceilDiv(plaintext.readableBytes(), PLAINTEXT_MAX);
        var out = allocator
                .heapBuffer(plaintext.readableBytes() + frames * (NoiseFrames.PREFIX_LENGTH + CipherState.TAG_LENGTH));
        while (plaintext.isReadable()) {
            int length = Math.min(plaintext.readableBytes(), PLAINTEXT_MAX);
            out.writeShort(length + CipherState.TAG_LENGTH);
            var in = heap(plaintext.readSlice(length), allocator);
            try {
                int written = sending.encrypt(NO_AD, in.array(), in.arrayOffset() + in.readerIndex(), length,
                        out.array(), out.arrayOffset() + out.writerIndex());
                out.writerIndex(out.writerIndex() + written);
            } finally {
                in.release();
            }
        }
        return out;
    }

    /**
     * Decrypts one frame, given without its length; the result may be empty. Leaves the input's release to the caller.
     *
     * @throws AEADBadTagException
     *             if it is not what the remote sent, or not the next that it sent
     */
    public ByteBuf decrypt(ByteBuf frame, ByteBufAllocator allocator) throws AEADBadTagException {
        int length = frame.readableBytes();
        var in = heap(frame, allocator);
        var out = allocator.heapBuffer(Math.max(1, length - CipherState.TAG_LENGTH));
        boolean done = false;
        try {
            int written = receiving.decrypt(NO_AD, in.array(), in.arrayOffset() + in.readerIndex(), length, out.array(),
                    out.arrayOffset());
            out.writerIndex(written);
            done = true;
            return out;
        } finally {
            in.release();
            if (!done) {
                out.release();
            }
        }
    }

    /** The cipher works on arrays: a buffer that has none is copied. The result is the caller's to release. */
    private static ByteBuf heap(ByteBuf buffer, ByteBufAllocator allocator) {
        if (buffer.hasArray()) {
            return buffer.retain();
        }
        return allocator.heapBuffer(Math.max(1, buffer.readableBytes())).writeBytes(buffer, buffer.readerIndex(),
                buffer.readableBytes());
    }
}
