package dev.peerscope.journal;

import java.time.Duration;

/** One reader's way through the journal. For use by one thread, except {@link #close()}. */
public interface Subscription extends AutoCloseable {

    /**
     * What comes next, waiting for it if need be.
     *
     * @param patience how long to wait at most
     * @throws InterruptedException when the waiting thread is interrupted
     */
    Delivery next(Duration patience) throws InterruptedException;

    /** Gives up the place among the readers; whoever waits in {@link #next} gets the end. */
    @Override
    void close();
}
