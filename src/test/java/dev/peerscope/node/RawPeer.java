package dev.peerscope.node;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import dev.peerscope.Patience;
import dev.peerscope.limit.LimitName;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.node.TestNodes.TestNode;
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
import dev.peerscope.wire.MessageDecoder;
import dev.peerscope.wire.WireLimits;
import dev.peerscope.wire.codex.CodexDialect;

/** A peer without an engine: it does what the test says, right or wrong, and remembers what it hears. */
final class RawPeer implements AutoCloseable, ConnectionListener {

    static final String PROTOCOL = CodexDialect.PROTOCOL_ID;

    final List<ExchangeMessage> heard = new CopyOnWriteArrayList<>();
    final List<Stream> streamsToUs = new CopyOnWriteArrayList<>();
    final List<CloseReason> ends = new CopyOnWriteArrayList<>();
    private final IdentityKey identity = IdentityKey.generate(KeyType.SECP256K1);
    private final Libp2pHost host;

    RawPeer() {
        host = new Libp2pHost(TestHost.patient(), identity, this);
        host.handle(PROTOCOL, stream -> {
            streamsToUs.add(stream);
            return new Ear();
        });
        host.start();
    }

    PeerId peerId() {
        return identity.peerId();
    }

    Connection dial(TestNode node) throws Exception {
        return host.dial(node.node().addresses().getFirst(), Optional.of(node.node().peerId()))
                .get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
    }

    /** Opens a stream of the exchange. */
    Stream open(Connection connection) throws Exception {
        return open(connection, new Ear());
    }

    Stream open(Connection connection, StreamHandler handler) throws Exception {
        return connection.openStream(PROTOCOL).thenApply(stream -> {
            stream.setHandler(handler);
            return stream;
        }).get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
    }

    static void say(Stream stream, ExchangeMessage message) {
        stream.write(new CodexDialect().encoder().encode(message, ByteBufAllocator.DEFAULT));
    }

    static void say(Stream stream, byte[] bytes) {
        stream.write(Unpooled.wrappedBuffer(bytes));
    }

    @Override
    public void connected(Connection connection) {}

    @Override
    public void disconnected(Connection connection, CloseReason reason) {
        ends.add(reason);
    }

    @Override
    public void refused(RefusedConnection refused) {}

    @Override
    public void identified(Connection connection, IdentifyInfo info) {}

    @Override
    public void limitMet(LimitName limit) {}

    @Override
    public void close() {
        host.close();
    }

    /** Decodes what it hears. */
    private final class Ear implements StreamHandler {

        private final MessageDecoder decoder = new CodexDialect().decoder(WireLimits.DEFAULT);

        @Override
        public void received(Stream stream, ByteBuf data) {
            decoder.decode(data, heard::add);
        }

        @Override
        public void remoteClosed(Stream stream) {}

        @Override
        public void reset(Stream stream) {
            decoder.close();
        }

        @Override
        public void writabilityChanged(Stream stream) {}
    }
}
