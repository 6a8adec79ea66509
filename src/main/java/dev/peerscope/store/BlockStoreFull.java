package dev.peerscope.store;

/** A block did not fit into the store's bound. */
public final class BlockStoreFull extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BlockStoreFull(long neededBytes, long heldBytes, long capacityBytes) {
        super("no room for " + neededBytes + " more bytes: the block store holds " + heldBytes + " of " + capacityBytes
                + " bytes");
    }
}
