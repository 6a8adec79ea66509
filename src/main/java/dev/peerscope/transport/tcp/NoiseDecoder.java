package dev.peerscope.transport.tcp;

import java.util.List;
import javax.crypto.AEADBadTagException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import dev.peerscope.transport.noise.NoiseFrames;
import dev.peerscope.transport.noise.SecureTransport;

/** Ciphertext of the socket to plaintext. */
final class NoiseDecoder extends ByteToMessageDecoder {

    private final SecureTransport transport;

    NoiseDecoder(SecureTransport transport) {
        this.transport = transport;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws ProtocolBroken {
        var frame = NoiseFrames.next(in);
        if (frame == null) {
            return;
        }
        try {
            var plaintext = transport.decrypt(frame, ctx.alloc());
            if (plaintext.isReadable()) {
                out.add(plaintext);
            } else {
                plaintext.release();
            }
        } catch (AEADBadTagException e) {
            // Whatever follows belongs to a broken stream of bytes.
            in.skipBytes(in.readableBytes());
            throw new ProtocolBroken("a Noise frame is not authentic");
        }
    }
}
