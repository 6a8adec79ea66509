package dev.peerscope.node;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;

/**
 * The threads that hash, verify, read and write blocks.
 *
 * <p>
 * What waits is bounded by who brings it: deliveries by the verification queue, which stops messages while it is over its
 * bound; sends by one per peer; manifests by the watches and downloads.
 */
final class StorageExecutor implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StorageExecutor.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

    private final ExecutorService threads;
    private final AtomicLong verifying = new AtomicLong();
    private final int verifyingMax;

    StorageExecutor(NodeLimits limits) {
        var number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(limits.storageThreads(),
                task -> Thread.ofPlatform().name("storage-" + number.incrementAndGet()).daemon().unstarted(task));
        this.verifyingMax = limits.verificationQueue();
    }

    /** Work that comes after {@link #close()} is dropped: the node is stopping. */
    @Override
    public void execute(Runnable work) {
        try {
            threads.execute(Background.repeated("storage", work));
        } catch (RejectedExecutionException e) {
            LOG.debug("storage work dropped, the node is stopping");
        }
    }

    /**
     * Verifies so many blocks; they count until the work is done.
     *
     * @param roomAgain
     *            run when there were too many until this work was done
     */
    void verify(int blocks, Runnable work, Runnable roomAgain) {
        verifying.addAndGet(blocks);
        execute(() -> {
            try {
                work.run();
            } finally {
                long left = verifying.addAndGet(-blocks);
                if (left <= verifyingMax && left + blocks > verifyingMax) {
                    roomAgain.run();
                }
            }
        });
    }

    /** Whether more waits for verification than may: no further message is taken meanwhile. */
    boolean isOverfull() {
        return verifying.get() > verifyingMax;
    }

    /** Makes its limit known. */
    void register(LimitRegister register) {
        register.register(LimitName.VERIFICATION_QUEUE, verifyingMax, verifying::get);
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("storage work did not end in time, it is dropped: timeout={} ms", CLOSE_TIMEOUT.toMillis());
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
