package dev.peerscope.node;

/** A CID, a number of blocks or ranges that can be read, but cannot be watched or fetched; the message says why. */
public final class UnusableContent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableContent(String sentence) {
        super(sentence);
    }
}
