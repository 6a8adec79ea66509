package dev.peerscope.transport;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.netty.buffer.UnpooledByteBufAllocator;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;

/** A host on a loopback port, which records what it hears and counts its buffers. */
public final class TestHost implements AutoCloseable {

    public static final String ECHO = "/test/echo/1.0.0";

    public final RecordingListener heard = new RecordingListener();
    public final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    public final IdentityKey identity;
    public final Multiaddr address;
    private final Libp2pHost host;

    public TestHost() {
        this(KeyType.SECP256K1, UnaryOperator.identity());
    }

    public TestHost(KeyType keyType, UnaryOperator<HostSettings> change) {
        this(IdentityKey.generate(keyType), change);
    }

    public TestHost(IdentityKey identity, UnaryOperator<HostSettings> change) {
        this.identity = identity;
        var settings = change.apply(HostSettings.listeningOn(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")));
        this.host = new Libp2pHost(settings, identity, heard, allocator);
        host.handle(ECHO, stream -> new Echo());
        this.address = host.start().getFirst();
    }

    public static UnaryOperator<HostSettings> muxers(String... names) {
        return settings -> new HostSettings(settings.listenAddresses(), List.of(names), settings.limits(),
                settings.timeouts(), settings.earlyMuxerNegotiation(), settings.agent());
    }

    public PeerId peerId() {
        return identity.peerId();
    }

    public Libp2pHost host() {
        return host;
    }

    public Connection dial(TestHost other) {
        return host.dial(other.address, Optional.of(other.peerId())).join();
    }

    @Override
    public void close() {
        host.close();
    }

    /** Bytes of buffers that nobody has given back. */
    public long bytesInUse() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }
}
