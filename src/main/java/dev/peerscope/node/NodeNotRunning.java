package dev.peerscope.node;

/** The engine takes nothing: the node was not started, is stopping, or its engine failed. */
public final class NodeNotRunning extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NodeNotRunning(String why) {
        super(why);
    }
}
