package dev.peerscope.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A process that runs {@link ChurningJournal}, and what it has written. */
final class Churning implements AutoCloseable {

    private final Process process;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Thread listener;

    Churning(List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        listener = Thread.ofPlatform().start(this::listen);
    }

    private void listen() {
        try (var from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            @Nullable
            String before = null;
            for (var line = from.readLine(); line != null; line = from.readLine()) {
                // The last line may be cut off by the kill.
                if (before != null) {
                    lines.add(before);
                }
                before = line;
            }
        } catch (IOException e) {
            // The process is gone.
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits until it has written such a line, and one more. */
    void awaitLine(Predicate<String> wanted) {
        Awaitility.await().until(() -> lines().stream().anyMatch(wanted));
    }

    /** As {@code kill -9} does; returns when all that it wrote has been read. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        listener.join();
    }

    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
