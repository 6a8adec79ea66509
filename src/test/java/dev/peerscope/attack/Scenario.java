package dev.peerscope.attack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** One attack and what must hold all the same. */
public interface Scenario {

    /** How the script calls it. */
    String name();

    /**
     * Starts the service, attacks it, and says what held; everything that it started has ended when it returns.
     *
     * @param jar
     *            the finished service
     * @param folder
     *            an empty folder for its data
     */
    Report run(Path jar, Path folder) throws IOException, InterruptedException;

    /** A number of seconds for a reader. */
    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toNanos() / 1e9);
    }

    /** A number of bytes for a reader. */
    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
