package dev.peerscope.transport.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import dev.peerscope.transport.noise.SecureTransport;

/** Plaintext of the muxer to ciphertext; every buffer written becomes frames of its own. */
final class NoiseEncoder extends ChannelOutboundHandlerAdapter {

    private final SecureTransport transport;

    NoiseEncoder(SecureTransport transport) {
        this.transport = transport;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        var plaintext = (ByteBuf) message;
        try {
            var _ = ctx.write(transport.encrypt(plaintext, ctx.alloc()), promise);
        } finally {
            plaintext.release();
        }
    }
}
