package dev.peerscope.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.Patience;
import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;

/** Two hosts of ours on loopback, connected. */
class Libp2pHostTest {

    private static final CloseReason DONE = new CloseReason(CloseReason.Kind.LOCAL_CLOSE, "the test is done");

    @ParameterizedTest
    @CsvSource({"mplex, SECP256K1", "mplex, ED25519", "yamux, SECP256K1"})
    void bytesGoThereAndBackOnAStream(String muxer, KeyType keyType) {
        try (var alice = new TestHost(IdentityKey.generate(keyType), TestHost.muxers(muxer));
                var bob = new TestHost(IdentityKey.generate(keyType), TestHost.muxers(muxer))) {
            byte[] message = new byte[3_000_000];
            new Random(1).nextBytes(message);

            var connection = alice.dial(bob);
            var answer = new Collector();
            var stream = TestHost.open(connection, TestHost.ECHO, answer);
            stream.write(Unpooled.copiedBuffer(message)).join();
            stream.closeWrite();

            assertThat(answer.all.join()).isEqualTo(message);
            assertThat(connection.remotePeer()).isEqualTo(bob.peerId());
            assertThat(connection.direction()).isEqualTo(Direction.OUTBOUND);
            assertThat(connection.remoteKeyType()).isEqualTo(keyType.text());
            assertThat(connection.remoteAddress()).isEqualTo(bob.address);
            assertThat(bob.heard.connected).singleElement().satisfies(accepted -> {
                assertThat(accepted.remotePeer()).isEqualTo(alice.peerId());
                assertThat(accepted.direction()).isEqualTo(Direction.INBOUND);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void theMuxerIsAgreedOnWithAndWithoutEarlyOffers(boolean aliceOffers, boolean bobOffers) {
        try (var alice = new TestHost(s -> aliceOffers ? TestHost.offeringMuxersEarly(s) : s);
                var bob = new TestHost(s -> {
                    var preferring = TestHost.muxers("mplex", "yamux").apply(s);
                    return bobOffers ? TestHost.offeringMuxersEarly(preferring) : preferring;
                })) {
            assertThat(alice.dial(bob).muxer()).isEqualTo("/yamux/1.0.0");
            assertThat(bob.dial(alice).muxer()).isEqualTo("/mplex/6.7.0");
        }
    }

    @Test
    void bothSidesLearnWhoTheOtherIs() {
        try (var alice = new TestHost(); var bob = new TestHost()) {
            alice.dial(bob);

            await().untilAsserted(() -> {
                assertThat(alice.heard.identified).singleElement().satisfies(info -> {
                    assertThat(info.agentVersion()).isEqualTo("peerscope");
                    assertThat(info.protocols()).contains(TestHost.ECHO, "/ipfs/id/1.0.0", "/ipfs/ping/1.0.0");
                    assertThat(info.listenAddresses()).containsExactly(bob.address);
                    assertThat(info.signedRecord()).isPresent();
                });
                assertThat(bob.heard.identified).hasSize(1);
            });
        }
    }

    @Test
    void aNameIsResolved() {
        try (var alice = new TestHost(); var bob = new TestHost()) {
            var named = Multiaddr.parse("/dns4/localhost/tcp/" + bob.address.tcpPort().orElseThrow());

            assertThat(alice.dial(named, Optional.empty()).join().remotePeer()).isEqualTo(bob.peerId());
        }
    }

    @Test
    void aProtocolThatTheRemoteDoesNotSpeakIsRefusedAndTheConnectionStays() {
        try (var alice = new TestHost(); var bob = new TestHost()) {
            var connection = alice.dial(bob);

            assertThatThrownBy(() -> connection.openStream("/nobody/1.0.0").join())
                    .hasCauseInstanceOf(StreamRefused.class)
                    .satisfies(e -> assertThat(((StreamRefused) e.getCause()).kind())
                            .isEqualTo(StreamRefused.Kind.NOT_SPOKEN));
            assertThat(TestHost.open(connection, TestHost.ECHO, new Collector()).protocol()).isEqualTo(TestHost.ECHO);
        }
    }

    @Test
    void aStreamOfWhichTheRemoteSaysNothingIsRefusedInTimeAndTheConnectionStays() {
        var usual = TestHost.PATIENT;
        var hasty = new TransportTimeouts(usual.connect(), usual.security(), usual.muxer(), Duration.ofMillis(100),
                usual.pingSilence(), usual.pingAnswer(), usual.stalledWrite(), usual.farewell());
        try (var alice = new TestHost(TestHost.timeouts(hasty)); var bob = new TestHost()) {
            var connection = alice.dial(bob);
            await().until(() -> bob.heard.connected, list -> !list.isEmpty()).getFirst().pauseReading();

            // Bob may have read a little more before he paused.
            await().untilAsserted(() -> assertThatThrownBy(() -> connection.openStream(TestHost.ECHO).join())
                    .hasCauseInstanceOf(StreamRefused.class)
                    .satisfies(e -> assertThat(((StreamRefused) e.getCause()).kind())
                            .isEqualTo(StreamRefused.Kind.TIMEOUT)));
            assertThat(alice.heard.disconnected).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mplex", "yamux"})
    void aHandlerThatFailsCostsItsStreamOnly(String muxer) {
        try (var alice = new TestHost(TestHost.muxers(muxer)); var bob = new TestHost(TestHost.muxers(muxer))) {
            var connection = alice.dial(bob);
            var broken = new Collector();

            TestHost.open(connection, TestHost.BROKEN, broken);

            assertThatThrownBy(broken.all::join).hasMessageContaining("reset");
            assertThat(TestHost.open(connection, TestHost.ECHO, new Collector()).isWritable()).isTrue();
            assertThat(bob.heard.disconnected).isEmpty();
        }
    }

    @Test
    void whatComesBeforeThereIsAHandlerIsKeptForIt() {
        try (var alice = new TestHost(); var bob = new TestHost()) {
            var connection = alice.dial(bob);
            var stream = connection.openStream(TestHost.ECHO).join();
            stream.write(Unpooled.copiedBuffer(new byte[]{1, 2, 3})).join();
            stream.closeWrite();
            // A connection keeps the order of its streams: when this one is answered, the first has been.
            var answer = new Collector();
            TestHost.open(connection, TestHost.ECHO, answer).closeWrite();
            answer.all.join();

            var late = new Collector();
            stream.setHandler(late);

            assertThat(late.all.join()).containsExactly(1, 2, 3);
        }
    }

    /** Over yamux the window of the stream is met before anything piles up at the socket. */
    @ParameterizedTest
    @CsvSource({"mplex, SOCKET_OUTBOUND", "yamux, STREAM_OUTBOUND"})
    void aRemoteThatDoesNotReadHoldsTheWriterBackUntilItReadsAgain(String muxer, LimitName met) {
        try (var alice = new TestHost(TestHost.muxers(muxer)); var bob = new TestHost(TestHost.muxers(muxer))) {
            var connection = alice.dial(bob);
            await().until(() -> !bob.heard.connected.isEmpty());
            var echoed = new AtomicInteger();
            var writable = new CompletableFuture<Void>();
            var stream = TestHost.open(connection, TestHost.ECHO, new StreamHandler() {
                @Override
                public void received(Stream from, ByteBuf data) {
                    echoed.addAndGet(data.readableBytes());
                }

                @Override
                public void remoteClosed(Stream from) {}

                @Override
                public void reset(Stream from) {
                    writable.completeExceptionally(new IllegalStateException("reset"));
                }

                @Override
                public void writabilityChanged(Stream changed) {
                    if (changed.isWritable()) {
                        writable.complete(null);
                    }
                }
            });
            bob.heard.connected.getFirst().pauseReading();

            int written = 0;
            // The kernel may have taken what waited when the bound was met.
            while ((!alice.heard.limits.contains(met) || alice.use(met).used() == 0 || unwrittenBytes(stream) == 0)
                    && written < 100 << 20) {
                if (stream.isWritable()) {
                    stream.write(Unpooled.wrappedBuffer(new byte[100_000]));
                    written += 100_000;
                }
            }
            assertThat(written).isLessThan(100 << 20);
            assertThat(alice.use(LimitName.CONNECTIONS).used()).isEqualTo(1);
            assertThat(alice.use(LimitName.PEER_CONNECTIONS).used()).isEqualTo(1);
            assertThat(bob.use(LimitName.CONNECTION_STREAMS).used()).isPositive();
            bob.heard.connected.getFirst().resumeReading();

            writable.orTimeout(Patience.LONG.toSeconds(), TimeUnit.SECONDS).join();
            int all = written;
            await().untilAsserted(() -> assertThat(echoed).hasValue(all));
            await().untilAsserted(() -> assertThat(unwrittenBytes(stream)).isZero());
        }
    }

    private static long unwrittenBytes(Stream stream) {
        var unwritten = new CompletableFuture<Long>();
        stream.connection().execute(() -> unwritten.complete(stream.unwrittenBytes()));
        return unwritten.join();
    }

    @Test
    void limitsAreToldWhileAnEventLoopIsBusy() throws Exception {
        var done = new CountDownLatch(1);
        var busy = new CountDownLatch(1);
        try (var alice = new TestHost(); var bob = new TestHost()) {
            alice.dial(bob).execute(() -> {
                busy.countDown();
                awaitQuietly(done);
            });
            busy.await();

            assertThat(alice.use(LimitName.CONNECTIONS).used()).isEqualTo(1);
            assertThat(alice.use(LimitName.CONNECTION_STREAMS).setting()).isPositive();
            assertThat(alice.use(LimitName.SOCKET_OUTBOUND).used()).isNotNegative();
            done.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void eachSideHearsOfTheEndOnceAndWithItsReason() {
        try (var alice = new TestHost(); var bob = new TestHost()) {
            var connection = alice.dial(bob);
            await().until(() -> !bob.heard.connected.isEmpty());
            var pending = TestHost.open(connection, TestHost.ECHO, new Collector());

            connection.close(DONE);
            connection.close(new CloseReason(CloseReason.Kind.TIMEOUT, "too late"));

            await().untilAsserted(() -> assertThat(bob.heard.disconnected).singleElement()
                    .satisfies(reason -> assertThat(reason.kind()).isEqualTo(CloseReason.Kind.REMOTE_CLOSE)));
            assertThat(alice.heard.disconnected).containsExactly(DONE);
            assertThat(pending.isWritable()).isFalse();
            assertThat(pending.write(Unpooled.copiedBuffer(new byte[10]))).failsWithin(Patience.LONG);
            assertThatThrownBy(() -> connection.openStream(TestHost.ECHO).join())
                    .hasCauseInstanceOf(StreamRefused.class);
        }
    }

    @Test
    void aHostThatClosesSaysSo() {
        try (var bob = new TestHost()) {
            Connection connection;
            try (var alice = new TestHost()) {
                connection = alice.dial(bob);
                alice.close();
                assertThat(alice.heard.disconnected).singleElement()
                        .satisfies(reason -> assertThat(reason.kind()).isEqualTo(CloseReason.Kind.HOST_STOPPED));
                assertThatThrownBy(() -> alice.dial(bob)).hasMessageContaining("closed");
            }
            await().untilAsserted(() -> assertThat(bob.heard.disconnected).hasSize(1));
            assertThatThrownBy(() -> connection.openStream(TestHost.ECHO).join())
                    .hasCauseInstanceOf(StreamRefused.class);
        }
    }

    @Test
    void aSilentConnectionIsPingedAgainAndAgainAndStays() {
        try (var alice = new TestHost(
                TestHost.timeouts(TestHost.PATIENT.withPing(Duration.ofMillis(200), Patience.LONG)));
                var bob = new TestHost()) {
            alice.dial(bob);

            await().until(() -> bob.pings.get() >= 4);

            assertThat(alice.heard.disconnected).isEmpty();
            assertThat(bob.heard.disconnected).isEmpty();
        }
    }

    @Test
    void aRemoteThatDoesNotEvenAnswerAPingIsGone() {
        try (var alice = new TestHost(
                TestHost.timeouts(TestHost.PATIENT.withPing(Duration.ofMillis(500), Duration.ofSeconds(1))));
                var bob = new TestHost()) {
            alice.dial(bob);
            await().until(() -> !bob.heard.connected.isEmpty());

            bob.heard.connected.getFirst().pauseReading();

            await().untilAsserted(() -> assertThat(alice.heard.disconnected).singleElement()
                    .satisfies(reason -> assertThat(reason.kind()).isEqualTo(CloseReason.Kind.TIMEOUT)));
            bob.heard.connected.getFirst().resumeReading();
        }
    }
}
