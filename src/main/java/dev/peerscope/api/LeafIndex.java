package dev.peerscope.api;

/** The number of a leaf in a path: 0 to 2^63-1. */
record LeafIndex(long value) {

    static LeafIndex parse(String text) {
        return new LeafIndex(ParameterReading.wholeNumber(text, ProblemType.MALFORMED_INDEX, "leaf index"));
    }
}
