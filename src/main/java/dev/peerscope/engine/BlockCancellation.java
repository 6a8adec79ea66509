package dev.peerscope.engine;

import dev.peerscope.event.PresenceReason;

/**
 * What follows when wants end: nobody is left asked for a block that is not wanted, and no presence of it stays. Presence lasts
 * exactly as long as the want (protocol section 5.2).
 */
final class BlockCancellation {

    private final PeerContextStore contexts;
    private final PendingBlocks pending;
    private final Requests requests;
    private final BlockServing serving;

    BlockCancellation(PeerContextStore contexts, PendingBlocks pending, Requests requests, BlockServing serving) {
        this.contexts = contexts;
        this.pending = pending;
        this.requests = requests;
        this.serving = serving;
    }

    /** These are held from now on: no download wants them any more, and peers that asked for them are served. */
    void resolveBlocks(AddressSet stored) {
        cancelBlocks(pending.endFetch(stored), PresenceReason.DELIVERED);
        serving.stored(stored);
    }

    /**
     * These wants ended.
     *
     * @param reason the reason with which presence of what nobody wants any more leaves
     */
    void cancelBlocks(PendingBlocks.Change ended, PresenceReason reason) {
        requests.withdraw(ended.fetches());
        for (PeerContext context : contexts.presence().knowingAnyOf(ended.wants())) {
            context.cleanPresence(ended.wants(), reason);
        }
        contexts.presence().wantsEnded(ended.wants());
    }
}
