package dev.peerscope.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.transport.TransportTimeouts;

/**
 * What a js-libp2p that nobody has configured does not let pass: silence and, over mplex, more than five new streams a second. Its
 * two minutes of silence are four seconds here; the rest is stock.
 */
@RequiresNode
class StockPeerLimitsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration IDLE = Duration.ofSeconds(4);
    private static final List<String> MUXERS = List.of("yamux", "mplex");

    /** As 30 s are to the two minutes of js-libp2p. */
    private static final TransportTimeouts PINGING = silentFor(Duration.ofSeconds(1));

    @ParameterizedTest
    @ValueSource(strings = {"mplex", "yamux"})
    void ourPingHoldsASilentConnectionWhoeverDialled(String muxer) {
        try (var js = options(muxer).start();
                var weDial = new OurHost(MUXERS, false, PINGING);
                var theyDial = new OurHost(MUXERS, false, PINGING)) {
            weDial.dial(js.address());
            js.dial(theyDial.address);

            await().during(IDLE.multipliedBy(2)).atMost(PATIENCE).untilAsserted(() -> {
                assertThat(weDial.heard.disconnected).isEmpty();
                assertThat(theyDial.heard.disconnected).isEmpty();
            });
            assertThat(js.events("disconnected")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mplex", "yamux"})
    void withoutOurPingTheSilentConnectionIsClosedAndSeenToBe(String muxer) {
        try (var js = options(muxer).start();
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
            openStreams(us, js, 12);

            await().atMost(PATIENCE).until(() -> us.heard.disconnected.size() == 1);
        }
    }

    @Test
    void overYamuxManyNewStreamsWithinASecondAreWelcome() {
        try (var js = JsPeer.options().identify(false).muxers("yamux").start(); var us = new OurHost(MUXERS, false)) {
            openStreams(us, js, 12);

            await().during(Duration.ofSeconds(1)).atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(us.heard.disconnected).isEmpty());
        }
    }

    private static void openStreams(OurHost us, JsPeer js, int count) {
        var connection = us.dial(js.address());
        IntStream.range(0, count).forEach(i -> connection.openStream(OurHost.PROTOCOL));
    }

    private static JsPeerOptions options(String muxer) {
        return JsPeer.options().muxers(muxer).idleTimeout(IDLE);
    }

    private static TransportTimeouts silentFor(Duration silence) {
        var usual = TransportTimeouts.DEFAULT;
        return new TransportTimeouts(usual.connect(), usual.security(), usual.muxer(), usual.stream(), silence,
                usual.pingAnswer(), usual.stalledWrite());
    }
}
