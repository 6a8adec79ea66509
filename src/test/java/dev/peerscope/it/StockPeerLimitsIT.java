package dev.peerscope.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.Patience;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.TestHost;
import dev.peerscope.transport.TransportTimeouts;
import dev.peerscope.transport.identity.PingProtocol;

/**
 * What a js-libp2p that nobody has configured does not let pass: silence and, over mplex, more than five new streams a second. Its
 * two minutes of silence are seconds here; the rest is stock.
 */
@RequiresNode
class StockPeerLimitsIT {

    private static final Duration PATIENCE = Patience.LONG;
    private static final Duration IDLE = Duration.ofSeconds(4);
    /** So much longer than the silence after which we ping that a moment without a turn is no silence. */
    private static final Duration LONG_IDLE = Duration.ofSeconds(10);
    private static final List<String> MUXERS = List.of("yamux", "mplex");

    private static final TransportTimeouts PINGING = TestHost.PATIENT.withPing(Duration.ofSeconds(1), PATIENCE);

    @ParameterizedTest
    @ValueSource(strings = {"mplex", "yamux"})
    void ourPingHoldsASilentConnectionWhoeverDialled(String muxer) {
        try (var js = options(muxer, LONG_IDLE).start();
                var weDial = new OurHost(MUXERS, false, PINGING);
                var theyDial = new OurHost(MUXERS, false, PINGING)) {
            weDial.dial(js.address());
            js.dial(theyDial.address);

            await().during(LONG_IDLE.plusSeconds(2)).atMost(PATIENCE).untilAsserted(() -> {
                assertThat(weDial.heard.disconnected).isEmpty();
                assertThat(theyDial.heard.disconnected).isEmpty();
            });
            assertThat(js.events("disconnected")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mplex", "yamux"})
    void withoutOurPingTheSilentConnectionIsClosedAndSeenToBe(String muxer) {
        try (var js = options(muxer, IDLE).start();
                var weDial = new OurHost(MUXERS, false);
                var theyDial = new OurHost(MUXERS, false)) {
            weDial.dial(js.address());
            js.dial(theyDial.address);
            for (var host : List.of(weDial, theyDial)) {
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(host.heard.disconnected).singleElement()
                        .extracting(CloseReason::kind)
                        .isIn(CloseReason.Kind.REMOTE_CLOSE, CloseReason.Kind.CONNECTION_LOST));
            }
        }
    }

    @Test
    void overMplexASixthNewStreamWithinASecondCostsTheConnection() {
        try (var js = JsPeer.options().identify(false).muxers("mplex").start(); var us = new OurHost(MUXERS, false)) {
            // So many that they come within a second to a slow peer, too.
            openStreams(us.dial(js.address()), 60);

            await().atMost(PATIENCE).until(() -> us.heard.disconnected.size() == 1);
        }
    }

    @Test
    void overYamuxManyNewStreamsWithinASecondAreWelcome() {
        try (var js = JsPeer.options().identify(false).muxers("yamux").start(); var us = new OurHost(MUXERS, false)) {
            var connection = us.dial(js.address());

            openStreams(connection, 12).forEach(CompletableFuture::join);

            assertThat(new PingProtocol(PATIENCE).ping(connection).join()).isPositive();
            assertThat(us.heard.disconnected).isEmpty();
        }
    }

    private static List<CompletableFuture<Stream>> openStreams(Connection connection, int count) {
        return IntStream.range(0, count).mapToObj(_ -> connection.openStream(OurHost.PROTOCOL)).toList();
    }

    private static JsPeerOptions options(String muxer, Duration idle) {
        return JsPeer.options().muxers(muxer).idleTimeout(idle);
    }
}
