package dev.peerscope.api;

/** How many items a page has at most: 1 to 1,000. */
record Limit(int value) {

    static final int MAX = 1_000;
    static final String DEFAULT = "100";

    static Limit parse(String text) {
        try {
            int value = Integer.parseInt(text);
            if (value >= 1 && value <= MAX) {
                return new Limit(value);
            }
            throw new UnreadableParameter(ProblemType.MALFORMED_LIMIT,
                    "'" + text + "' is out of range; expected 1 to " + MAX);
        } catch (NumberFormatException e) {
            throw new UnreadableParameter(ProblemType.MALFORMED_LIMIT,
                    "'" + ParameterReading.shortened(text) + "' is no number; expected 1 to " + MAX);
        }
    }
}
