package dev.peerscope.journal;

/** In which order a query goes through the journal. */
public enum Order {
    /** From the latest entry backwards. */
    NEWEST,
    /** From the earliest retained entry onwards. */
    OLDEST
}
