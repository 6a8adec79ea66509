package dev.peerscope.transport.tcp;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.peerscope.transport.TransportLimit;
import dev.peerscope.transport.TransportLimits;
import dev.peerscope.transport.TransportUse;
import dev.peerscope.transport.identity.IdentifyProtocol;

/** How near a host is to its bounds. */
public final class HostUse {

    private HostUse() {}

    /** Of a host that has not been started. */
    public static List<TransportUse> none(TransportLimits limits) {
        return of(limits, 0, 0, 0, ConnectionUse.NONE);
    }

    /** Each connection is asked on its event loop. */
    static CompletableFuture<List<TransportUse>> read(HostContext host) {
        var most = host.connections().stream().map(NettyConnection::use).reduce(
                CompletableFuture.completedFuture(ConnectionUse.NONE),
                (one, other) -> one.thenCombine(other, ConnectionUse::most));
        return most.thenApply(use -> of(host.settings().limits(), host.table().taken(), host.table().mostWithOnePeer(),
                host.handshakes().underWay(), use));
    }

    private static List<TransportUse> of(TransportLimits limits, int connections, int mostWithOnePeer, int handshakes,
            ConnectionUse most) {
        var muxer = limits.muxer();
        return List.of(new TransportUse(TransportLimit.CONNECTIONS, limits.connectionsMax(), connections),
                new TransportUse(TransportLimit.PEER_CONNECTIONS, limits.connectionsPerPeerMax(), mostWithOnePeer),
                new TransportUse(TransportLimit.INBOUND_HANDSHAKES, limits.inboundHandshakesMax(), handshakes),
                new TransportUse(TransportLimit.CONNECTION_STREAMS, muxer.inboundStreamsMax(), most.streams()),
                new TransportUse(TransportLimit.FRAME_LENGTH, muxer.receivedFrameMax(), 0),
                new TransportUse(TransportLimit.STREAM_OUTBOUND, muxer.streamOutboundMax(), most.streamBytes()),
                new TransportUse(TransportLimit.SOCKET_OUTBOUND, limits.outboundBytesMax(), most.socketBytes()),
                new TransportUse(TransportLimit.AGENT_LENGTH, IdentifyProtocol.TEXT_LENGTH_MAX, 0));
    }
}
