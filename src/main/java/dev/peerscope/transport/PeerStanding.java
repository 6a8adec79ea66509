package dev.peerscope.transport;

/** What a peer is good for, the least first: when there is no room for one more that comes in, who stands lower goes first. */
public enum PeerStanding {
    /** It has told nothing of what we want, asked for no block, and sent none. */
    SILENT,
    /** It takes part, and nobody would miss it: it has told of blocks that we want and has none, has asked for blocks, or got some. */
    TAKING_PART,
    /** It says that it has blocks that we want. */
    HOLDING,
    /** It has delivered blocks that were what they should be. */
    DELIVERED,
    /** The operator has dialled it, or it is configured. */
    OPERATORS;

    /** Whether it may lose its connection for the sake of a peer that has shown nothing yet. */
    public boolean makesRoom() {
        return switch (this) {
            case SILENT, TAKING_PART -> true;
            case HOLDING, DELIVERED, OPERATORS -> false;
        };
    }
}
