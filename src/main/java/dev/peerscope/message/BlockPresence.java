package dev.peerscope.message;

import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Price;

/**
 * What a peer told us about some blocks in one breath: leaves of one tree, or one block by its CID, that it has at one
 * price, or does not have.
 *
 * <p>
 * While the leaves of one tree ascend, a decoder keeps one of these for each pair of type and price, so a message of 1,024
 * leaves is usually one, or two when some are missing. Of two that speak of the same block the later in the message's
 * list holds; otherwise their order says nothing.
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
