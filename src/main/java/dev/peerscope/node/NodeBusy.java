package dev.peerscope.node;

/** As many questions wait for the engine as may; ask again in a moment. */
public final class NodeBusy extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NodeBusy(int waitingMax) {
        super(waitingMax + " questions wait for the engine already");
    }
}
