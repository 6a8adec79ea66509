package dev.peerscope.transport.tcp;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import dev.peerscope.transport.TransportTimeouts;

/**
 * Finds out when a remote is gone without having said so.
 *
 * <pre>
 * LISTENING --nothing read for pingSilence: ping--&gt; ASKED --nothing read for pingAnswer--&gt; dead
 *     ^------------------- anything read -----------------'
 * </pre>
 *
 * While we do not read, silence is our own doing and does not count.
 */
final class SilenceWatch {

    private final Channel channel;
    private final TransportTimeouts timeouts;
    private final Runnable ping;
    private final Runnable dead;
    private long lastRead;
    private boolean asked;
    private @Nullable ScheduledFuture<?> check;

    SilenceWatch(Channel channel, TransportTimeouts timeouts, Runnable ping, Runnable dead) {
        this.channel = channel;
        this.timeouts = timeouts;
        this.ping = ping;
        this.dead = dead;
    }

    void start() {
        lastRead = now();
        checkAfter(timeouts.pingSilence());
    }

    void read() {
        lastRead = now();
        if (asked) {
            // The check that waits is for the answer, and may come long after the next silence.
            asked = false;
            stop();
            checkAfter(timeouts.pingSilence());
        }
    }

    void stop() {
        if (check != null) {
            check.cancel(false);
        }
    }

    private void check() {
        if (!channel.config().isAutoRead()) {
            lastRead = now();
            asked = false;
        }
        var silence = Duration.ofNanos(now() - lastRead);
        var bound = asked ? timeouts.pingSilence().plus(timeouts.pingAnswer()) : timeouts.pingSilence();
        if (silence.compareTo(bound) < 0) {
            checkAfter(bound.minus(silence));
        } else if (asked) {
            dead.run();
        } else {
            asked = true;
            checkAfter(timeouts.pingAnswer());
            ping.run();
        }
    }

    private long now() {
        return channel.eventLoop().ticker().nanoTime();
    }

    private void checkAfter(Duration delay) {
        // A millisecond more, so that rounding does not wake it too early.
        check = channel.eventLoop().schedule(this::check, delay.toMillis() + 1, TimeUnit.MILLISECONDS);
    }
}
