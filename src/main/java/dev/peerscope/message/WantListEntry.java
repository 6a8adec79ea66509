package dev.peerscope.message;

import dev.peerscope.block.BlockAddress;

/**
 * One line of a want-list.
 *
 * @param address
 *            the block asked for
 * @param priority
 *            0 to 2^31-1, higher is more urgent; a negative one is unrepresentable because the real decoder cannot read
 *            it
 * @param cancel
 *            true withdraws an earlier entry for the same address
 * @param wantType
 *            whether the block or only its presence is asked for
 * @param sendDontHave
 *            whether a receiver without the block is asked to say so
 */
public record WantListEntry(BlockAddress address, int priority, boolean cancel, WantType wantType,
        boolean sendDontHave) {

    public WantListEntry {
        if (priority < 0) {
            throw new IllegalArgumentException("priority must be 0 to 2^31-1, was " + priority + " for " + address);
        }
    }

    /** "Do you have it? Say so if not." */
    public static WantListEntry wantHave(BlockAddress address) {
        return new WantListEntry(address, 0, false, WantType.HAVE, true);
    }

    /** "Send it to me." */
    public static WantListEntry wantBlock(BlockAddress address) {
        return new WantListEntry(address, 0, false, WantType.BLOCK, false);
    }

    /** "Never mind", written as Codex writes it: type have, cancel set. */
    public static WantListEntry cancel(BlockAddress address) {
        return new WantListEntry(address, 0, true, WantType.HAVE, false);
    }
}
