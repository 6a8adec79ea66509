package dev.peerscope.transport.mux;

/** The remote broke the rules of its multiplexer, which costs it the connection. */
public final class MuxerViolation extends Exception {

    private final String rule;

    /**
     * @param rule
     *            what was broken, with the figures, as a sentence
     */
    public MuxerViolation(String rule) {
        // A remote can make us throw these as fast as it connects: no stack trace is worth that.
        super(rule, null, false, false);
        this.rule = rule;
    }

    public String rule() {
        return rule;
    }
}
