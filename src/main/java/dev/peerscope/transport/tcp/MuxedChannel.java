package dev.peerscope.transport.tcp;

import java.io.IOException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.limit.OutOfMemory;
import dev.peerscope.transport.CloseReason;

/** The last handler of a connection's channel: plaintext goes to the muxer, and the channel's end to the connection. */
final class MuxedChannel extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(MuxedChannel.class);

    private final NettyConnection connection;

    MuxedChannel(NettyConnection connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        connection.received((ByteBuf) message);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        connection.socketWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection.end(new CloseReason(CloseReason.Kind.REMOTE_CLOSE, "the remote closed the connection"));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == HostStopped.EVENT) {
            connection.end(new CloseReason(CloseReason.Kind.HOST_STOPPED, "the host is closing"));
        } else if (event instanceof NoRoom noRoom) {
            connection.makeRoom(noRoom);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var origin = ChannelFailure.origin(cause);
        connection.end(switch (origin) {
            case ProtocolBroken broken ->
                new CloseReason(CloseReason.Kind.PROTOCOL_VIOLATION, String.valueOf(broken.getMessage()));
            case IOException lost ->
                new CloseReason(CloseReason.Kind.CONNECTION_LOST, ChannelFailure.sentence(lost));
            default -> {
                OutOfMemory.endIfCause(cause);
                LOG.error("connection failed unexpectedly peer={}", connection.remotePeer().shortText(), origin);
                // Nobody wanted this end, so it is no close of ours.
                yield new CloseReason(CloseReason.Kind.CONNECTION_LOST, ChannelFailure.UNEXPECTED);
            }
        });
    }
}
