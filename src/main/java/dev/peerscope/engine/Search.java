package dev.peerscope.engine;

import java.time.Duration;

import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.PresenceReason;

/**
 * Looks after the blocks that a download wants and that nobody is asked for: while nobody has them, each round takes a try, and
 * after the last try they are given up. The asking itself is left to the refresh of each peer.
 */
final class Search {

    static final Duration ROUND = Duration.ofSeconds(3);

    private final PendingBlocks pending;
    private final Requests requests;
    private final BlockCancellation cancellation;
    private final Outputs outputs;
    private final Deadlines.Deadline nextRound;

    Search(PendingBlocks pending, Requests requests, BlockCancellation cancellation, EngineBasics basics) {
        this.pending = pending;
        this.requests = requests;
        this.cancellation = cancellation;
        this.outputs = basics.outputs();
        this.nextRound = basics.deadlines().create(this::round);
    }

    /** Blocks began to be fetched: rounds go on from here, unless they do already. */
    void begin() {
        if (!nextRound.isSet()) {
            nextRound.set(outputs.now().plus(ROUND));
        }
    }

    private void round() {
        giveUp(requests.searchedInVain(requests.unavailable()));
        requests.ask(pending.fetches());
        if (!pending.fetches().isEmpty()) {
            begin();
        }
    }

    private void giveUp(AddressSet blocks) {
        for (PendingBlocks.Holder holder : pending.holders()) {
            if (holder.mode() == WantMode.FETCH) {
                holder.blocks().and(blocks).toBlockSets().forEach(given -> outputs
                        .happened(new ExchangeEvent.FetchFailed(outputs.wallTime(), holder.id(), given)));
            }
        }
        cancellation.cancelBlocks(pending.endFetch(blocks), PresenceReason.RELEASED);
    }
}
