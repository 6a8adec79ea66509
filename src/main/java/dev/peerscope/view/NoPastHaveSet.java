package dev.peerscope.view;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** What a peer had at a past time cannot be told; the message says why. */
public final class NoPastHaveSet extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Instant earliest;

    NoPastHaveSet(String message) {
        super(message);
        this.earliest = null;
    }

    NoPastHaveSet(String message, Instant earliest) {
        super(message);
        this.earliest = earliest;
    }

    /** The earliest time for which it can be told, where asking too far back was the reason. */
    public Optional<Instant> earliest() {
        return Optional.ofNullable(earliest);
    }
}
