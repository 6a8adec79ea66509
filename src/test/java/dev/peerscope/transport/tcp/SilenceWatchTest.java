package dev.peerscope.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import dev.peerscope.transport.TransportTimeouts;

/** Silence of 30 s is asked about, and ends the connection when there is no answer within 50 s more. */
class SilenceWatchTest {

    private static final Duration ANY = Duration.ofSeconds(1);
    private static final TransportTimeouts TIMEOUTS = new TransportTimeouts(ANY, ANY, ANY, ANY, Duration.ofSeconds(30),
            Duration.ofSeconds(50), ANY, ANY);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AtomicInteger pings = new AtomicInteger();
    private final AtomicInteger deaths = new AtomicInteger();
    private final SilenceWatch watch = new SilenceWatch(channel, TIMEOUTS, pings::incrementAndGet,
            deaths::incrementAndGet);

    @BeforeEach
    void start() {
        channel.freezeTime();
        watch.start();
    }

    @Test
    void silenceIsAskedAboutOnce() {
        after(29);
        assertThat(pings).hasValue(0);

        after(2);
        assertThat(pings).hasValue(1);
        after(40);
        assertThat(pings).hasValue(1);
        assertThat(deaths).hasValue(0);
    }

    @Test
    void whoDoesNotAnswerIsDead() {
        after(79);
        assertThat(deaths).hasValue(0);

        after(4);

        assertThat(deaths).hasValue(1);
    }

    @Test
    void whoAnswersIsAskedAgainAfterTheNextSilenceThoughAnAnswerMayTakeLonger() {
        for (int turn = 1; turn <= 5; turn++) {
            after(31);
            assertThat(pings).hasValue(turn);
            watch.read();
        }
        assertThat(deaths).hasValue(0);
    }

    @Test
    void whoTalksIsNotAsked() {
        for (int turn = 0; turn < 20; turn++) {
            after(20);
            watch.read();
        }
        assertThat(pings).hasValue(0);
    }

    @Test
    void silenceOfOneThatWeDoNotReadIsOurOwnDoing() {
        channel.config().setAutoRead(false);

        after(300);

        assertThat(pings).hasValue(0);
        assertThat(deaths).hasValue(0);
    }

    @Test
    void afterTheEndNobodyIsAsked() {
        watch.stop();

        after(300);

        assertThat(pings).hasValue(0);
    }

    /** In steps, as a check that wakes sets the time of the next one. */
    private void after(int seconds) {
        for (int i = 0; i < seconds; i++) {
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }
    }
}
