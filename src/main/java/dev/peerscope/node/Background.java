package dev.peerscope.node;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.limit.OutOfMemory;

/**
 * Work that nobody waits for: what it throws is logged and goes no further, so that a schedule, a thread or a list of listeners
 * goes on. Of work that is done again and again a failure is logged when it begins, and once more only after a success or
 * when it is of another kind.
 */
final class Background {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    private final String what;
    private volatile @Nullable Class<?> failing;

    /**
     * @param what
     *            the work in a few words, for the log
     */
    Background(String what) {
        this.what = what;
    }

    /** The same work again and again. */
    static Runnable repeated(String what, Runnable work) {
        var background = new Background(what);
        return () -> background.run(work);
    }

    /** Work that is done once. */
    static void once(String what, Runnable work) {
        new Background(what).run(work);
    }

    /** Hands over how a future ended, when nobody waits for what follows from that. */
    static <T> void whenDone(CompletableFuture<T> future, String what,
            BiConsumer<? super @Nullable T, ? super @Nullable Throwable> then) {
        var _ = future.whenComplete((value, failure) -> once(what, () -> then.accept(value, failure)));
    }

    /** A lack of memory ends the process; another error of the virtual machine passes through. */
    void run(Runnable work) {
        try {
            work.run();
            failing = null;
        } catch (RuntimeException | Error e) {
            if (!e.getClass().equals(failing)) {
                failing = e.getClass();
                LOG.error("background work failed: work={}", what, e);
            }
            OutOfMemory.endIfCause(e);
            if (e instanceof VirtualMachineError fatal) {
                throw fatal;
            }
        }
    }
}
