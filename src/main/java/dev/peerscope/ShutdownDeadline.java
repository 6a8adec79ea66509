package dev.peerscope;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when its shutdown takes too long: SIGTERM ends it within three seconds, also while it is still starting, for which
 * Spring waits, and when a disk hangs. What is not on disk then is lost as in a crash.
 */
final class ShutdownDeadline {

    private static final Logger LOG = LoggerFactory.getLogger(ShutdownDeadline.class);
    private static final Duration LIMIT = Duration.ofMillis(2_700);
    /** As the JVM ends for SIGTERM by itself. */
    private static final int EXIT_CODE = 143;
    /** The thread on which Spring closes the application. */
    private static final String CLOSING = "SpringApplicationShutdownHook";

    private ShutdownDeadline() {}

    /** From now on every shutdown of this process has a deadline. */
    static void register() {
        Runtime.getRuntime().addShutdownHook(
                new Thread(() -> Thread.ofPlatform().name("shutdown-deadline").daemon().start(ShutdownDeadline::enforce)));
    }

    private static void enforce() {
        try {
            Thread.sleep(LIMIT);
        } catch (InterruptedException e) {
            // Nobody has a reason to: all the sooner.
        }
        var waiting = new IllegalStateException("closing waits here");
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            if (thread.getName().equals(CLOSING)) {
                waiting.setStackTrace(frames);
            }
        });
        LOG.warn("shutdown took too long, the process ends now: limit={} ms", LIMIT.toMillis(), waiting);
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
