package dev.peerscope.journal;

/**
 * Bounds of a journal.
 *
 * @param changes entries that are retained
 * @param ranges ranges of leaf indices in all retained entries together, which is what their memory goes by
 * @param subscribers readers at the same time
 */
public record JournalLimits(int changes, long ranges, int subscribers) {

    /** Some hours of a lively swarm in less than 200 MB. */
    public static final JournalLimits DEFAULT = new JournalLimits(100_000, 4_000_000, 256);

    public JournalLimits {
        if (changes < 1 || ranges < 1 || subscribers < 1) {
            throw new IllegalArgumentException("each bound of the journal must be at least 1: changes " + changes
                    + ", ranges " + ranges + ", subscribers " + subscribers);
        }
    }
}
