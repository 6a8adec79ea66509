package dev.peerscope.api;

/** Text of a parameter that cannot be read as what it should be; the message says what was found and what was expected. */
final class UnreadableParameter extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;

    UnreadableParameter(ProblemType type, String message) {
        super(message);
        this.type = type;
    }

    ProblemType type() {
        return type;
    }
}
