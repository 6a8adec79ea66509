package dev.peerscope;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import dev.peerscope.journal.PresenceJournal;
import dev.peerscope.journal.sqlite.HistoryRefused;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.transport.TooFewOpenFiles;
import dev.peerscope.transport.identity.IdentityKeyUnusable;
import dev.peerscope.transport.tcp.ListenFailed;

/** When the node starts and stops. */
@Configuration(proxyBeanMethods = false)
class LifecycleConfiguration {

    @Bean
    NodeLifecycle nodeLifecycle(ExchangeNode node, PresenceJournal journal) {
        return new NodeLifecycle(node, journal);
    }

    /**
     * Starts the node before the web server accepts requests, and stops it in order: peers get a goodbye, readers of the change
     * stream get the last changes and then the end, and only then does the web server wait for its last requests.
     */
    static final class NodeLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

        private static final Logger LOG = LoggerFactory.getLogger(NodeLifecycle.class);

        private final ExchangeNode node;
        private final PresenceJournal journal;
        private volatile boolean running;

        NodeLifecycle(ExchangeNode node, PresenceJournal journal) {
            this.node = node;
            this.journal = journal;
        }

        @Override
        public void start() {
            node.start();
            running = true;
            LOG.info("node started: peer={} addresses={}", node.peerId(), node.addresses());
        }

        /** The event comes before any part of the application is stopped, the web server included. */
        @Override
        public void onApplicationEvent(ContextClosedEvent event) {
            stop();
        }

        @Override
        public synchronized void stop() {
            if (running) {
                running = false;
                node.close();
                journal.close();
                LOG.info("node stopped: peer={}", node.peerId());
            }
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        /** Below the phase of the web server, so that it comes before it. */
        @Override
        public int getPhase() {
            return 0;
        }
    }

    /** Says in a sentence, not in a stack trace, what an operator has to mend before the service can start. */
    static final class RefusedStart implements FailureAnalyzer {

        @Override
        public @Nullable FailureAnalysis analyze(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof HistoryRefused || cause instanceof IdentityKeyUnusable
                        || cause instanceof ListenFailed || cause instanceof TooFewOpenFiles) {
                    return new FailureAnalysis(cause.getMessage(), null, cause);
                }
            }
            return null;
        }
    }

    /**
     * Ends the process when its shutdown takes too long: SIGTERM ends it within three seconds, also while it is still starting, for which
     * Spring waits, and when a disk hangs. What is not on disk then is lost as in a crash.
     */
    static final class ShutdownDeadline {

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
                    new Thread(
                            () -> Thread.ofPlatform().name("shutdown-deadline").daemon()
                                    .start(ShutdownDeadline::enforce)));
        }

        private static void awaitBriefly(Thread logging) {
            try {
                logging.join(Duration.ofMillis(200));
            } catch (InterruptedException e) {
                // Nobody has a reason to: all the sooner.
            }
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
            // On a thread of its own: a log that nobody reads must not hold this up either.
            var logging = Thread.ofPlatform().daemon().start(() -> LOG
                    .warn("shutdown took too long, the process ends now: limit={} ms", LIMIT.toMillis(), waiting));
            awaitBriefly(logging);
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
