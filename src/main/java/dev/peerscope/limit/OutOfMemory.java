package dev.peerscope.limit;

import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when memory runs out all the same: the process ends with {@link #EXIT_CODE}, for nobody knows what is left half done.
 *
 * <p>
 * Libraries catch every error, and a future keeps it for a reader who may never come, so the virtual machine itself is told to end where
 * it finds no room, as with {@code -XX:+ExitOnOutOfMemoryError}; it says {@code Terminating due to java.lang.OutOfMemoryError} and why.
 * Errors that Java code throws, where direct memory or threads run out, it does not see: those end the process here.
 */
public final class OutOfMemory {

    /** The same that the virtual machine ends with. */
    public static final int EXIT_CODE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(OutOfMemory.class);
    private static final String FLAG = "ExitOnOutOfMemoryError";

    private OutOfMemory() {}

    /** From now on this process ends when it runs out of memory, whatever it was started with. */
    public static void endsTheProcess() {
        try {
            HotSpotFlag.switchOn(FLAG);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("this virtual machine does not end when it runs out of memory; start it with -XX:+{}", FLAG, e);
        }
        var before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
            endIfCause(error);
            if (before == null) {
                LOG.error("a thread ended with an error: thread={}", thread.getName(), error);
            } else {
                before.uncaughtException(thread, error);
            }
        });
    }

    /** Ends the process if this error, or what caused it, says that the virtual machine has run out of something or broken. */
    public static void endIfCause(Throwable error) {
        if (Stream.iterate(error, cause -> cause != null, Throwable::getCause).anyMatch(OutOfMemory::isTheEnd)) {
            try {
                LOG.error("out of memory, the process ends: code={}", EXIT_CODE, error);
            } finally {
                Runtime.getRuntime().halt(EXIT_CODE);
            }
        }
    }

    /** A stack that overflows belongs to one call, and unwinds with it. */
    private static boolean isTheEnd(Throwable cause) {
        return cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError);
    }
}
