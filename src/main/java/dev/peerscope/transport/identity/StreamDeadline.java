package dev.peerscope.transport.identity;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.peerscope.transport.Stream;

/** Resets a stream that is not done in time, so that a remote which never closes its half does not keep it. */
final class StreamDeadline {

    private final CompletableFuture<Void> done = new CompletableFuture<>();

    StreamDeadline(Stream stream, Duration timeout) {
        done.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).exceptionally(late -> {
            stream.reset();
            return null;
        });
    }

    void done() {
        done.complete(null);
    }
}
