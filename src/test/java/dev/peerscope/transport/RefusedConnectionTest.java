package dev.peerscope.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.Patience;
import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;
import dev.peerscope.transport.noise.NoiseHandshake;

/** Connections that end before they are connected, each with the step and the kind of reason. */
class RefusedConnectionTest {

    @Test
    void anotherPeerThanTheExpectedOneIsRefusedByTheDialler() {
        try (var alice = new TestHost(); var bob = new TestHost()) {
            var carol = IdentityKey.generate(KeyType.SECP256K1).peerId();

            var failed = failure(alice.dial(bob.address, Optional.of(carol)));

            assertThat(failed.step()).isEqualTo(DialStep.IDENTITY);
            assertThat(failed.kind()).isEqualTo(RefusalKind.WRONG_PEER);
            assertThat(failed.reason()).contains(carol.toString(), bob.peerId().toString());
            assertThat(alice.heard.connected).isEmpty();
            assertThat(alice.heard.refused).singleElement().satisfies(refused -> {
                assertThat(refused.direction()).isEqualTo(Direction.OUTBOUND);
                assertThat(refused.remoteAddress()).isEqualTo(bob.address);
            });
            await().untilAsserted(() -> assertThat(bob.heard.refused).hasSize(1));
            assertThat(bob.heard.connected).isEmpty();
        }
    }

    @Test
    void weDoNotConnectToOurselves() {
        try (var alice = new TestHost()) {
            var known = failure(alice.dial(alice.address, Optional.of(alice.peerId())));
            var foundOut = failure(alice.dial(alice.address, Optional.empty()));

            assertThat(known.kind()).isEqualTo(RefusalKind.OURSELVES).isEqualTo(foundOut.kind());
            assertThat(alice.heard.connected).isEmpty();
        }
    }

    @Test
    void aPortWhereNobodyListensIsUnreachable() throws IOException {
        try (var alice = new TestHost(); var nobody = new Socket()) {
            // Bound, so that nobody else takes the port, and never listening.
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var failed = failure(alice.dial(Multiaddr.ofTcp((InetSocketAddress) nobody.getLocalSocketAddress()),
                    Optional.empty()));

            assertThat(failed.step()).isEqualTo(DialStep.CONNECT);
            assertThat(failed.kind()).isEqualTo(RefusalKind.UNREACHABLE);
        }
    }

    /** The end may come before the dialler has looked at the socket for the first time. */
    @Test
    void aRemoteThatClosesAtOnceEndsEachDial() throws IOException {
        try (var alice = new TestHost(); var door = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> closeAtOnce(door));
            var address = Multiaddr.ofTcp((InetSocketAddress) door.getLocalSocketAddress());
            for (int dial = 0; dial < 200; dial++) {
                assertThat(failure(alice.dial(address, Optional.empty())).kind())
                        .isIn(RefusalKind.CONNECTION_LOST, RefusalKind.UNREACHABLE);
            }
        }
    }

    private static void closeAtOnce(ServerSocket door) {
        try {
            while (true) {
                door.accept().close();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void anAddressThatIsNotPlainTcpIsNotDialled() {
        try (var alice = new TestHost()) {
            var failed = failure(alice.dial(Multiaddr.parse("/ip4/127.0.0.1/udp/1/quic-v1"), Optional.empty()));

            assertThat(failed.reason()).contains("/ip4/127.0.0.1/udp/1/quic-v1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "\u0013/multistream/2.0.0\n", "\u0000\u0000\u0000\u0000",
            "\u0013/multistream/1.0.0\n\u0007/noise\n\u0000\u0001x"})
    void garbageIsAProtocolViolation(String garbage) throws IOException {
        try (var alice = new TestHost(); var socket = connect(alice)) {
            socket.getOutputStream().write(garbage.getBytes(StandardCharsets.ISO_8859_1));

            var refused = await().until(() -> alice.heard.refused, list -> !list.isEmpty()).getFirst();

            assertThat(refused.step()).isEqualTo(DialStep.SECURITY);
            assertThat(refused.kind()).isEqualTo(RefusalKind.PROTOCOL_VIOLATION);
            assertThat(refused.direction()).isEqualTo(Direction.INBOUND);
            assertThat(closed(socket)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0013", "\u0013/multistream/1.0.0\n", "\u0013/multistream/1.0.0\n\u0007/noise\n",
            "\u0013/multistream/1.0.0\n\u0007/noise\n\u0000\u0020"})
    void aRemoteThatFallsSilentRunsOutOfTime(String beginning) throws IOException {
        try (var alice = new TestHost(TestHost.everyTimeout(Duration.ofMillis(300))); var socket = connect(alice)) {
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));

            var refused = await().until(() -> alice.heard.refused, list -> !list.isEmpty()).getFirst();

            assertThat(refused.step()).isEqualTo(DialStep.SECURITY);
            assertThat(refused.kind()).isEqualTo(RefusalKind.TIMEOUT);
            assertThat(closed(socket)).isTrue();
        }
    }

    @Test
    void aRemoteThatFallsSilentBeforeAMuxerIsAgreedOnRunsOutOfTime() throws Exception {
        var usual = TestHost.PATIENT;
        var hasty = new TransportTimeouts(usual.connect(), usual.security(), Duration.ofMillis(100), usual.stream(),
                usual.pingSilence(), usual.pingAnswer(), usual.stalledWrite(), usual.farewell());
        try (var alice = new TestHost(TestHost.timeouts(hasty)); var socket = connect(alice)) {
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            RecordedCodexNode.agreeOnNoise(in, out);
            RecordedCodexNode.secure(NoiseHandshake.initiator(IdentityKey.generate(KeyType.SECP256K1), List.of(),
                    _ -> Optional.empty()), in, out);

            var refused = await().until(() -> alice.heard.refused, list -> !list.isEmpty()).getFirst();

            assertThat(refused.step()).isEqualTo(DialStep.MUXER);
            assertThat(refused.kind()).isEqualTo(RefusalKind.TIMEOUT);
            assertThat(closed(socket)).isTrue();
        }
    }

    @Test
    void aRemoteThatGoesAwayIsLost() throws IOException {
        try (var alice = new TestHost()) {
            connect(alice).close();

            var refused = await().until(() -> alice.heard.refused, list -> !list.isEmpty()).getFirst();

            assertThat(refused.kind()).isEqualTo(RefusalKind.CONNECTION_LOST);
        }
    }

    @Test
    void withoutACommonMuxerThereIsNoConnection() {
        try (var alice = new TestHost(TestHost.muxers("yamux")); var bob = new TestHost(TestHost.muxers("mplex"))) {
            var failed = failure(alice.dial(bob.address, Optional.empty()));

            assertThat(failed.step()).isEqualTo(DialStep.MUXER);
            assertThat(failed.kind()).isEqualTo(RefusalKind.NO_COMMON_PROTOCOL);
            await().untilAsserted(() -> assertThat(bob.heard.refused).singleElement()
                    .satisfies(refused -> assertThat(refused.step()).isEqualTo(DialStep.MUXER)));
        }
    }

    @Test
    void thereAreNoMoreConnectionsWithAPeerThanThereMayBe() {
        try (var alice = new TestHost(); var bob = new TestHost()) {
            var first = alice.dial(bob);
            alice.dial(bob);

            var failed = failure(alice.dial(bob.address, Optional.empty()));

            assertThat(failed.step()).isEqualTo(DialStep.IDENTITY);
            assertThat(failed.kind()).isEqualTo(RefusalKind.LIMIT_MET);
            assertThat(alice.heard.limits).containsExactly(LimitName.PEER_CONNECTIONS);
            first.close(new CloseReason(CloseReason.Kind.LOCAL_CLOSE, "room for another"));
            await().ignoreExceptions().until(() -> alice.dial(bob) != null);
        }
    }

    @Test
    void thereAreNoMoreConnectionsThanThereMayBe() throws IOException {
        try (var alice = new TestHost(TestHost.connections(1, 1));
                var bob = new TestHost();
                var carol = new TestHost()) {
            alice.dial(bob);

            var refusedOutbound = failure(alice.dial(carol.address, Optional.empty()));
            var refusedInbound = failure(carol.dial(alice.address, Optional.empty()));

            assertThat(refusedOutbound.kind()).isEqualTo(RefusalKind.LIMIT_MET);
            assertThat(refusedOutbound.step()).isEqualTo(DialStep.CONNECT);
            assertThat(refusedInbound.kind()).isEqualTo(RefusalKind.CONNECTION_LOST);
            await().untilAsserted(() -> assertThat(alice.heard.refused).hasSize(2)
                    .allSatisfy(refused -> assertThat(refused.kind()).isEqualTo(RefusalKind.LIMIT_MET)));
            assertThat(alice.heard.limits).containsExactly(LimitName.CONNECTIONS, LimitName.CONNECTIONS);
        }
    }

    @Test
    void strangersWhoSendNothingCrowdOutEachOtherAndNobodyElse() throws IOException {
        var sockets = new ArrayList<Socket>();
        var patient = TestHost.everyTimeout(Duration.ofMinutes(1));
        try (var alice = new TestHost(settings -> TestHost.connections(8, 1).apply(patient.apply(settings)));
                var bob = new TestHost();
                var carol = new TestHost()) {
            for (int i = 0; i < 40; i++) {
                sockets.add(connect(alice));
            }
            await().until(() -> alice.use(LimitName.INBOUND_HANDSHAKES).used() == 8
                    && alice.heard.refused.size() == 32);

            bob.dial(alice);
            alice.dial(carol);

            assertThat(alice.use(LimitName.CONNECTIONS).used()).isEqualTo(2);
            assertThat(alice.heard.limits).hasSize(33).containsOnly(LimitName.INBOUND_HANDSHAKES);
            assertThat(alice.heard.refused).hasSize(33)
                    .allSatisfy(refused -> assertThat(refused.kind()).isEqualTo(RefusalKind.LIMIT_MET));
            assertThat(sockets.subList(0, 32)).allMatch(RefusedConnectionTest::closed);
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void anEighthOfTheConnectionsIsKeptForDialsThoughNobodyMakesRoom() {
        var others = new ArrayList<TestHost>();
        try (var alice = new TestHost(TestHost.connections(8, 1)); var carol = new TestHost()) {
            for (int i = 0; i < 7; i++) {
                others.add(new TestHost());
                others.getLast().dial(alice);
            }
            alice.heard.standings = _ -> PeerStanding.HOLDING;
            var oneMore = failure(carol.dial(alice.address, Optional.empty()));
            alice.dial(carol);

            assertThat(oneMore.kind()).isEqualTo(RefusalKind.CONNECTION_LOST);
            assertThat(alice.heard.limits).containsExactly(LimitName.CONNECTIONS);
            assertThat(alice.use(LimitName.CONNECTIONS).used()).isEqualTo(8);
        } finally {
            others.forEach(TestHost::close);
        }
    }

    @Test
    void aDialThatIsUnderWayEndsWithTheHost() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()); var alice = new TestHost()) {
            var dial = alice.dial(Multiaddr.ofTcp((InetSocketAddress) silent.getLocalSocketAddress()),
                    Optional.empty());
            try (var accepted = silent.accept()) {
                assertThat(accepted.getInputStream().read()).isEqualTo(0x13);

                alice.close();

                assertThat(failure(dial).kind()).isEqualTo(RefusalKind.HOST_STOPPED);
            }
        }
    }

    private static DialFailed failure(CompletableFuture<Connection> dial) {
        var failure = catchThrowable(dial::join);
        assertThat(failure).hasCauseInstanceOf(DialFailed.class);
        return (DialFailed) failure.getCause();
    }

    private static Socket connect(TestHost host) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), host.address.tcpPort().orElseThrow());
        socket.setSoTimeout(Math.toIntExact(Patience.LONG.toMillis()));
        return socket;
    }

    /** Whether the other side closes after whatever it still says. */
    private static boolean closed(Socket socket) {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (IOException e) {
            return e.getMessage().contains("reset");
        }
    }
}
