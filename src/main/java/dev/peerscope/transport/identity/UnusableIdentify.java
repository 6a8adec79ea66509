package dev.peerscope.transport.identity;

import dev.peerscope.transport.CloseReason;

/** What a remote says about itself breaks the protocol or a bound; it costs the connection. */
final class UnusableIdentify extends Exception {

    private final CloseReason reason;

    private UnusableIdentify(CloseReason.Kind kind, String rule) {
        super(rule, null, false, false);
        this.reason = new CloseReason(kind, "identify: " + rule);
    }

    static UnusableIdentify broken(String rule) {
        return new UnusableIdentify(CloseReason.Kind.PROTOCOL_VIOLATION, rule);
    }

    static UnusableIdentify tooLarge(String rule) {
        return new UnusableIdentify(CloseReason.Kind.LIMIT_MET, rule);
    }

    /** Whether it is too much, rather than wrong. */
    boolean isOverLimit() {
        return reason.kind() == CloseReason.Kind.LIMIT_MET;
    }

    CloseReason reason() {
        return reason;
    }
}
