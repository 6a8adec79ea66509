package dev.peerscope.transport;

/** The process may open too few files for the connections that there may be; says what is needed, what there is, and what to do. */
public final class TooFewOpenFiles extends RuntimeException {

    public TooFewOpenFiles(String sentence) {
        super(sentence);
    }
}
