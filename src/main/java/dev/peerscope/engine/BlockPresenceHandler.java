package dev.peerscope.engine;

import java.util.List;

import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.message.BlockPresence;

/** Handles what a peer says it has or has not; the only adder of presence. */
final class BlockPresenceHandler {

    private final PresenceIndex presence;
    private final PendingBlocks pending;
    private final Requests requests;
    private final Outputs outputs;

    BlockPresenceHandler(PresenceIndex presence, PendingBlocks pending, Requests requests, Outputs outputs) {
        this.presence = presence;
        this.pending = pending;
        this.requests = requests;
        this.outputs = outputs;
    }

    /**
     * Records the presences of one message.
     *
     * @param unusable presence records of the message that the decoder refused
     */
    void handle(PeerContext context, List<BlockPresence> presences, long unusable) {
        var told = new ToldPresence(presences, pending.wants(), presence.numbers());
        PeerContext.Recorded recorded = context.setPresence(told);
        outputs.happened(new ExchangeEvent.PresenceTold(outputs.wallTime(), context.peer(), recorded.applied(),
                recorded.confirmed(), told.ignored(), recorded.rejected() + told.overridden() + unusable));
        AddressSet blocks = told.blocks();
        context.refresh().settled(blocks);
        if (!pending.fetches().isEmpty()) {
            AddressSet denied = requests.denied(context);
            AddressSet worthAsking = denied.copy();
            worthAsking.addAll(blocks);
            requests.ask(worthAsking);
            // Who says and denies by turns would else use up all tries at once.
            requests.postponeUnrequested(denied);
            requests.helpOut(context, blocks);
        }
    }
}
