package dev.peerscope.message;

import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Price;

/**
 * What a peer told us about some blocks in one breath: leaves of one tree, or one block by its CID, that it has at one
 * price, or does not have.
 *
 * <p>
 * A decoder extends a run as long as tree, type and price stay the same and indices ascend, so a message of 1,024 leaves is
 * usually one of these. The runs of a message stay in the order of the wire: of two that speak of the same block the last
 * one holds.
 *
 * @param blocks
 *            the blocks spoken of, at least one
 * @param type
 *            whether the sender has them
 * @param price
 *            what the sender asks for each of them; meaningless with {@link PresenceType#DONT_HAVE}
 */
public record BlockPresence(BlockSet blocks, PresenceType type, Price price) {

    public static BlockPresence have(BlockSet blocks, Price price) {
        return new BlockPresence(blocks, PresenceType.HAVE, price);
    }

    public static BlockPresence dontHave(BlockSet blocks) {
        return new BlockPresence(blocks, PresenceType.DONT_HAVE, Price.ZERO);
    }
}
