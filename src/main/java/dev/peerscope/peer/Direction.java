package dev.peerscope.peer;

/** Who began a connection or a stream. */
public enum Direction {
    /** The remote side began it. */
    INBOUND,
    /** We began it. */
    OUTBOUND
}
