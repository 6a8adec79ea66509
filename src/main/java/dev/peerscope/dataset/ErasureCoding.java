package dev.peerscope.dataset;

import java.util.Optional;

import dev.peerscope.block.Cid;
import dev.peerscope.dataset.InvalidManifest.Reason;

/**
 * What a protected dataset adds: parity blocks, and which dataset they protect.
 *
 * @param dataBlocks          the number of data blocks in a group, ecK
 * @param parityBlocks        the number of parity blocks in a group, ecM
 * @param originalTreeCid     the tree of the dataset without parity
 * @param originalDatasetSize the size of the dataset without parity in bytes
 * @param strategy            how blocks were dealt to groups
 * @param verification        present when the dataset is verifiable
 */
public record ErasureCoding(long dataBlocks, long parityBlocks, Cid originalTreeCid, long originalDatasetSize,
        IndexingStrategy strategy, Optional<Verification> verification) {

    /**
     * @throws InvalidManifest when a number is out of range, or the slot roots are not as many as the slots
     */
    public ErasureCoding {
        if (dataBlocks < 1 || parityBlocks < 0) {
            throw new InvalidManifest(Reason.BROKEN_ERASURE_CODING, "groups of " + dataBlocks + " data and "
                    + parityBlocks + " parity blocks, expected at least one data block");
        }
        if (originalDatasetSize < 0) {
            throw new InvalidManifest(Reason.DATASET_SIZE_OUT_OF_RANGE, "an original dataset of "
                    + Long.toUnsignedString(originalDatasetSize) + " bytes, expected less than 2^63");
        }
        long slots = dataBlocks + parityBlocks;
        verification.map(known -> known.slotRoots().size()).filter(roots -> roots != slots).ifPresent(roots -> {
            throw new InvalidManifest(Reason.WRONG_SLOT_COUNT, roots + " slot roots, expected " + slots);
        });
    }

    /** The number of slots, which is the number of blocks in a group. */
    public long slots() {
        return dataBlocks + parityBlocks;
    }

    /** Whether the groups that the original dataset needs make up this many blocks. */
    boolean fits(long blocksCount, long blockSize) {
        long originalBlocks = Manifest.divideRoundingUp(originalDatasetSize, blockSize);
        long groups = Manifest.divideRoundingUp(originalBlocks, dataBlocks);
        return blocksCount % slots() == 0 && blocksCount / slots() == groups;
    }
}
