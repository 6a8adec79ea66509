package dev.peerscope.api;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import dev.peerscope.Patience;
import dev.peerscope.limit.LimitName;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.ConnectionListener;
import dev.peerscope.transport.IdentifyInfo;
import dev.peerscope.transport.Libp2pHost;
import dev.peerscope.transport.RefusedConnection;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;
import dev.peerscope.transport.TestHost;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;
import dev.peerscope.wire.codex.CodexDialect;

/** A peer without an engine: it dials, says what it is told to say, and listens to nothing. */
final class TalkingPeer implements ConnectionListener, StreamHandler, AutoCloseable {

    private static final long PATIENCE_SECONDS = Patience.LONG.toSeconds();

    private final IdentityKey identity = IdentityKey.generate(KeyType.ED25519);
    private final Libp2pHost host;
    private final Stream stream;

    TalkingPeer(Multiaddr service) throws Exception {
        host = new Libp2pHost(TestHost.patient(), identity, this);
        host.handle(CodexDialect.PROTOCOL_ID, _ -> this);
        host.start();
        Connection connection = host.dial(service, Optional.empty()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        stream = connection.openStream(CodexDialect.PROTOCOL_ID).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        stream.setHandler(this);
    }

    PeerId id() {
        return identity.peerId();
    }

    void say(ExchangeMessage message) {
        stream.write(new CodexDialect().encoder().encode(message, ByteBufAllocator.DEFAULT));
    }

    /** Completes when the bytes of a message have been handed to the socket. */
    CompletableFuture<Void> say(byte[] message) {
        return stream.write(Unpooled.wrappedBuffer(message));
    }

    @Override
    public void connected(Connection connection) {}

    @Override
    public void disconnected(Connection connection, CloseReason reason) {}

    @Override
    public void refused(RefusedConnection refused) {}

    @Override
    public void limitMet(LimitName limit) {}

    @Override
    public void identified(Connection connection, IdentifyInfo info) {}

    @Override
    public void received(Stream from, ByteBuf data) {
        data.skipBytes(data.readableBytes());
    }

    @Override
    public void remoteClosed(Stream from) {}

    @Override
    public void reset(Stream from) {}

    @Override
    public void writabilityChanged(Stream from) {}

    @Override
    public void close() {
        host.close();
    }
}
