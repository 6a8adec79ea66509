package dev.peerscope.view;

/** A bitfield would take more bytes than allowed. */
public final class BitfieldTooLong extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BitfieldTooLong(long bytes, int bytesMax) {
        super("the bitfield takes " + bytes + " bytes, at most " + bytesMax + " are given");
    }
}
