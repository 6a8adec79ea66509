package dev.peerscope.wire;

/** A message of our own that is longer than a real node reads; it would end the stream over it. */
public final class UnsendableMessage extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** @param sentence how long it is, for people */
    public UnsendableMessage(String sentence) {
        super(sentence);
    }
}
