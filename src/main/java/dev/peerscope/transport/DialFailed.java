package dev.peerscope.transport;

import org.jspecify.annotations.Nullable;

/** A dial that led to no connection: at which step, what kind of failure, and a sentence with the details. */
public final class DialFailed extends Exception {

    private final DialStep step;
    private final RefusalKind kind;

    public DialFailed(DialStep step, RefusalKind kind, String reason, @Nullable Throwable cause) {
        super(reason, cause);
        this.step = step;
        this.kind = kind;
    }

    /** How far it came. */
    public DialStep step() {
        return step;
    }

    /** What stood in the way. */
    public RefusalKind kind() {
        return kind;
    }

    /** A sentence with the details. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
