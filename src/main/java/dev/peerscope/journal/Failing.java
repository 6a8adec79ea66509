package dev.peerscope.journal;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that may fail for some time: it is said once when that begins and once when it is over. One thread works, others may ask. */
final class Failing {

    private static final Logger LOG = LoggerFactory.getLogger(Failing.class);

    private final String begun;
    private final String over;
    private volatile @Nullable String reason;
    private volatile long times;
    private long failedNanos;

    Failing(String begun, String over) {
        this.begun = begun;
        this.over = over;
    }

    void failed(Throwable cause) {
        if (reason == null) {
            LOG.atError().setCause(cause).log(begun);
            times++;
        }
        failedNanos = System.nanoTime();
        reason = cause instanceof ArchiveFailed ? String.valueOf(cause.getMessage()) : cause.toString();
    }

    void succeeded() {
        if (reason != null) {
            LOG.info(over);
            reason = null;
        }
    }

    /** Whether it failed less than this time ago, and not succeeded since. */
    boolean failedWithin(Duration duration) {
        return reason != null && System.nanoTime() - failedNanos < duration.toNanos();
    }

    /** How often it began to fail. */
    long times() {
        return times;
    }

    /** Why the last try failed, if it did. */
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }
}
