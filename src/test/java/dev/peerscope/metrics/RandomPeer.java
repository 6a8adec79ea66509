package dev.peerscope.metrics;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import dev.peerscope.Patience;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.limit.LimitName;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.ConnectionListener;
import dev.peerscope.transport.HostSettings;
import dev.peerscope.transport.IdentifyInfo;
import dev.peerscope.transport.Libp2pHost;
import dev.peerscope.transport.RefusedConnection;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;
import dev.peerscope.transport.TestHost;
import dev.peerscope.transport.TransportLimits;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;
import dev.peerscope.wire.codex.CodexDialect;

/** A peer over real sockets of which nothing was seen before: its id, its agent, its CIDs and how it ends are random. */
final class RandomPeer implements ConnectionListener, AutoCloseable {

    private static final CodexDialect DIALECT = new CodexDialect();
    private static final long PATIENCE_SECONDS = Patience.LONG.toSeconds();

    private final Random random;
    private final Libp2pHost host;
    private final CompletableFuture<Void> identified = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    RandomPeer(long seed) {
        random = new Random(seed);
        var muxers = random.nextBoolean() ? List.of("yamux") : List.of("mplex");
        var settings = new HostSettings(List.of(), muxers, TransportLimits.DEFAULT.withEventLoops(1),
                TestHost.PATIENT, random.nextBoolean(), text(1 + random.nextInt(60)));
        host = new Libp2pHost(settings,
                IdentityKey.generate(random.nextBoolean() ? KeyType.SECP256K1 : KeyType.ED25519),
                this);
        host.start();
    }

    /** Joins, has been asked who it is, says something random and is gone. */
    void live(Multiaddr node) throws Exception {
        var connection = host.dial(node, Optional.empty()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        identified.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        switch (random.nextInt(4)) {
            case 0 -> say(connection, noise());
            case 1 -> say(connection, encoded(ExchangeMessage.ofPresences(List.of(BlockPresence
                    .have(new BlockSet.Single(cid()), Price.of(random.nextInt(1_000)))))));
            case 2 -> say(connection, encoded(ExchangeMessage.of(new WantList(
                    List.of(WantListEntry.wantBlock(new BlockAddress.Standalone(cid()))), false))));
            default -> {
                // It says nothing.
            }
        }
        connection.close(new CloseReason(CloseReason.Kind.LOCAL_CLOSE, text(10)));
        ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Text that stands in no program. */
    private String text(int length) {
        return random.ints(length, 0x21, 0x2fff).filter(Character::isLetter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).append("~")
                .toString();
    }

    private Cid cid() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Cid.v1(CodexCodec.BLOCK, Multihash.sha256(bytes));
    }

    private ByteBuf noise() {
        byte[] bytes = new byte[1 + random.nextInt(64)];
        random.nextBytes(bytes);
        return Unpooled.wrappedBuffer(bytes);
    }

    private static ByteBuf encoded(ExchangeMessage message) {
        return DIALECT.encoder().encode(message, ByteBufAllocator.DEFAULT);
    }

    /** The bytes may come to nothing, as the node ends the connection for earlier ones. */
    private static void say(Connection connection, ByteBuf bytes) {
        connection.openStream(DIALECT.protocolId()).thenCompose(stream -> {
            stream.setHandler(new Deaf());
            return stream.write(bytes);
        }).exceptionally(_ -> null).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void connected(Connection connection) {}

    @Override
    public void disconnected(Connection connection, CloseReason reason) {
        ended.complete(null);
    }

    @Override
    public void refused(RefusedConnection refused) {}

    /** The node has answered who it is, and asks on its side at the same time. */
    @Override
    public void identified(Connection connection, IdentifyInfo info) {
        identified.complete(null);
    }

    @Override
    public void limitMet(LimitName limit) {}

    @Override
    public void close() {
        host.close();
    }

    private static final class Deaf implements StreamHandler {

        @Override
        public void received(Stream stream, ByteBuf data) {}

        @Override
        public void remoteClosed(Stream stream) {}

        @Override
        public void reset(Stream stream) {}

        @Override
        public void writabilityChanged(Stream stream) {}
    }
}
