package dev.peerscope.dataset;

/** How blocks are dealt to groups, in the order of their numbers on the wire. */
public enum IndexingStrategy {
    /** Each group takes consecutive blocks: 0 1 2, 3 4 5, 6 7 8. */
    LINEAR,
    /** Each group takes one block of each row: 0 3 6, 1 4 7, 2 5 8. */
    STEPPED;

    static IndexingStrategy of(long number) {
        if (number < 0 || number >= values().length) {
            throw new InvalidManifest(InvalidManifest.Reason.UNKNOWN_STRATEGY,
                    "indexing strategy " + Long.toUnsignedString(number) + ", expected 0 (linear) or 1 (stepped)");
        }
        return values()[(int) number];
    }
}
