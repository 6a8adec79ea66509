package dev.peerscope.it;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.HostSettings;
import dev.peerscope.transport.Libp2pHost;
import dev.peerscope.transport.RecordingListener;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;
import dev.peerscope.transport.TestHost;
import dev.peerscope.transport.TransportLimits;
import dev.peerscope.transport.TransportTimeouts;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;
import dev.peerscope.wire.MessageDecoder;
import dev.peerscope.wire.WireLimits;
import dev.peerscope.wire.codex.CodexDialect;

/** Our transport and our dialect without an engine: says what a test says, and keeps what comes. */
final class OurHost implements AutoCloseable {

    static final String PROTOCOL = CodexDialect.PROTOCOL_ID;
    private static final CodexDialect DIALECT = new CodexDialect();

    final RecordingListener heard = new RecordingListener();
    final List<ExchangeMessage> messages = new CopyOnWriteArrayList<>();
    final IdentityKey identity = IdentityKey.generate(KeyType.SECP256K1);
    final String address;
    private final Libp2pHost host;

    OurHost(List<String> muxers, boolean earlyMuxer) {
        this(muxers, earlyMuxer, TestHost.PATIENT);
    }

    OurHost(List<String> muxers, boolean earlyMuxer, TransportTimeouts timeouts) {
        var settings = new HostSettings(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")), muxers,
                TransportLimits.DEFAULT, timeouts, earlyMuxer, "peerscope-test");
        host = new Libp2pHost(settings, identity, heard);
        host.handle(DIALECT.protocolId(), stream -> new Reading());
        address = host.start().getFirst() + "/p2p/" + identity.peerId();
    }

    Connection dial(String remote) {
        return host.dial(Multiaddr.parse(remote), Optional.empty()).join();
    }

    /** Says this on a new stream, and reads what comes back on it. */
    void say(Connection connection, ExchangeMessage message) {
        var stream = connection.openStream(DIALECT.protocolId()).thenApply(opened -> {
            opened.setHandler(new Reading());
            return opened;
        }).join();
        stream.write(DIALECT.encoder().encode(message, ByteBufAllocator.DEFAULT)).join();
    }

    @Override
    public void close() {
        host.close();
    }

    private final class Reading implements StreamHandler {
        private final MessageDecoder decoder = DIALECT.decoder(WireLimits.DEFAULT);

        @Override
        public void received(Stream stream, ByteBuf data) {
            decoder.decode(data, messages::add);
        }

        @Override
        public void remoteClosed(Stream stream) {
            decoder.close();
            stream.closeWrite();
        }

        @Override
        public void reset(Stream stream) {
            decoder.close();
        }

        @Override
        public void writabilityChanged(Stream stream) {
            // Tests say little.
        }
    }
}
