package dev.peerscope.wire;

/**
 * How much one message of a dialect carries at most when we write it.
 *
 * @param wantListEntries entries of a want-list
 * @param presences blocks spoken of
 * @param deliveries blocks handed over
 * @param deliveryBytes data of all blocks handed over, in bytes; a single larger block still goes, alone
 */
public record BatchLimits(int wantListEntries, int presences, int deliveries, long deliveryBytes) {

    public BatchLimits {
        if (wantListEntries <= 0 || presences <= 0 || deliveries <= 0 || deliveryBytes <= 0) {
            throw new IllegalArgumentException("batch limits must be positive, were " + wantListEntries + " entries, "
                    + presences + " presences, " + deliveries + " deliveries, " + deliveryBytes + " bytes");
        }
    }
}
