package dev.peerscope.node;

import org.jspecify.annotations.Nullable;

/** A dial after which no peer has joined; the message is a sentence with the details. */
public final class ConnectFailed extends Exception {

    private static final long serialVersionUID = 1L;

    private final String step;
    private final String reason;

    public ConnectFailed(String step, String reason, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.step = step;
        this.reason = reason;
    }

    /** How far it came: {@code connect}, {@code security}, {@code identity}, {@code muxer} or {@code join}. */
    public String step() {
        return step;
    }

    /** What stood in the way, from a closed set, such as {@code unreachable}, {@code timeout} or {@code wrong-peer}. */
    public String reason() {
        return reason;
    }
}
