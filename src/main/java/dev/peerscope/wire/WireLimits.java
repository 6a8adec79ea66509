package dev.peerscope.wire;

import dev.peerscope.dataset.MerkleProof;

/**
 * What a decoder accepts at most. Meeting a bound ends the stream with a {@link ProtocolViolation} whose rule is a
 * limit, except where stated.
 *
 * <p>A price has no bound of its own here: more than {@link dev.peerscope.block.Price#LENGTH} bytes are no price, and
 * cost the record that holds them.
 *
 * @param messageLengthMax bytes of one message; checked against the announced length before anything is kept
 * @param wantListEntriesMax entries of one message's want-list
 * @param presencesMax presence records of one message
 * @param deliveriesMax deliveries of one message
 * @param cidLengthMax bytes of one CID; a longer one costs its record only
 * @param blockLengthMax bytes of one delivered block
 * @param proofLengthMax bytes of one encoded Merkle proof
 * @param paymentLengthMax bytes of a payment update
 * @param unknownFieldsMax fields of one message, nested ones included, that the dialect does not know or that have the
 *        wrong wire type
 */
public record WireLimits(int messageLengthMax, int wantListEntriesMax, int presencesMax, int deliveriesMax,
        int cidLengthMax, int blockLengthMax, int proofLengthMax, int paymentLengthMax, int unknownFieldsMax) {

    /** Deliveries that a message of the largest accepted length has room for: Codex sends at most as many. */
    private static final int BLOCKS_PER_MESSAGE = 20;
    /** What a delivery takes beside its data: two CIDs and a proof of 64 nodes, rounded up. */
    private static final int DELIVERY_OVERHEAD = 4096;

    /** For blocks of up to 1 MiB, sixteen times what Codex cuts by default. */
    public static final WireLimits DEFAULT = forBlocksUpTo(1 << 20);

    public WireLimits {
        requirePositive(messageLengthMax, "messageLengthMax");
        requirePositive(wantListEntriesMax, "wantListEntriesMax");
        requirePositive(presencesMax, "presencesMax");
        requirePositive(deliveriesMax, "deliveriesMax");
        requirePositive(cidLengthMax, "cidLengthMax");
        requirePositive(blockLengthMax, "blockLengthMax");
        requirePositive(proofLengthMax, "proofLengthMax");
        requirePositive(paymentLengthMax, "paymentLengthMax");
        requirePositive(unknownFieldsMax, "unknownFieldsMax");
    }

    /**
     * The limits for blocks of up to so many bytes; a message has room for twenty of them.
     *
     * @throws IllegalArgumentException when the message would take more than 2^31-1 bytes
     */
    public static WireLimits forBlocksUpTo(int blockLengthMax) {
        long messageLengthMax = BLOCKS_PER_MESSAGE * ((long) blockLengthMax + DELIVERY_OVERHEAD);
        if (messageLengthMax > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("blocks of " + blockLengthMax + " bytes make messages of "
                    + messageLengthMax + " bytes, more than one buffer holds");
        }
        return new WireLimits((int) messageLengthMax, 16_384, 16_384, 256, 256, blockLengthMax,
                MerkleProof.ENCODED_LENGTH_MAX, 65_536, 1_024);
    }

    /** These limits with another bound on the message. */
    public WireLimits withMessageLengthMax(int bytes) {
        return new WireLimits(bytes, wantListEntriesMax, presencesMax, deliveriesMax, cidLengthMax, blockLengthMax,
                proofLengthMax, paymentLengthMax, unknownFieldsMax);
    }

    private static void requirePositive(int value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
    }
}
