package dev.peerscope.metrics;

/** Classes of peers by how many blocks they have. */
enum HaveSetSize {
    NONE("0", 0),
    LE_10("le_10", 10),
    LE_100("le_100", 100),
    LE_1K("le_1k", 1_000),
    LE_10K("le_10k", 10_000),
    LE_100K("le_100k", 100_000),
    GT_100K("gt_100k", Long.MAX_VALUE);

    private final String text;
    private final long blocksMax;

    HaveSetSize(String text, long blocksMax) {
        this.text = text;
        this.blocksMax = blocksMax;
    }

    String text() {
        return text;
    }

    /** The class of a peer that has so many blocks. */
    static HaveSetSize of(long blocks) {
        for (var size : values()) {
            if (blocks <= size.blocksMax) {
                return size;
            }
        }
        return GT_100K;
    }
}
