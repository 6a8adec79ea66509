package dev.peerscope.api;

/** The number of a presence change in a path or header: 0 to 2^63-1; 0 is before the first. */
record SequenceNumber(long value) {

    static SequenceNumber parse(String text) {
        return new SequenceNumber(
                ParameterReading.wholeNumber(text, ProblemType.MALFORMED_SEQUENCE, "sequence number"));
    }
}
