package dev.peerscope.node;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the changes of what readers are shown: while it stands, they are shown the same. Safe for use by any thread.
 *
 * <p>
 * Whoever changes something counts it after the change and before anyone is told of it, so that who was told finds it.
 */
final class Revision {

    private final AtomicLong changes = new AtomicLong();

    /** Something changed, or may have. */
    void changed() {
        changes.incrementAndGet();
    }

    long current() {
        return changes.get();
    }
}
