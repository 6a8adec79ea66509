package dev.peerscope.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.WantListReason;

/** Serves the blocks that peers asked for and that we hold: one message per peer at a time, the most urgent first. */
final class BlockServing {

    /** As a real node does; with the largest blocks it is what a message may hold. */
    static final int BLOCKS_MAX = 20;

    private final PeerContextStore contexts;
    private final LocalBlocks local;
    private final Outputs outputs;

    BlockServing(PeerContextStore contexts, LocalBlocks local, Outputs outputs) {
        this.contexts = contexts;
        this.local = local;
        this.outputs = outputs;
    }

    /** Sends the peer what it wants and we hold, unless something is on its way to it or it does not read. */
    void serve(PeerContext context) {
        List<BlockAddress> next = context.wantList().mostUrgent(BLOCKS_MAX);
        if (!next.isEmpty() && !context.isServing() && !context.isSilenced()) {
            context.serving(true);
            outputs.add(new EngineOutput.SendBlocks(context.peer(), context.session(), next));
        }
    }

    /** A message of blocks has been written. An ask is forgotten when it has been served. */
    void sent(PeerContext context, EngineInput.BlocksSent sent) {
        context.serving(false);
        try (WantListEdit edit = context.editWantList()) {
            sent.sent().forEach(address -> edit.remove(address, WantListReason.SENT));
        }
        if (!sent.sent().isEmpty()) {
            context.countSent(sent.sent().size(), sent.bytes());
            outputs.happened(new ExchangeEvent.BlocksDelivered(outputs.wallTime(), context.peer(), sent.sent().size(),
                    sent.bytes()));
        }
        deleted(AddressSet.of(sent.missing()));
        serve(context);
    }

    /** These are held from now on: peers that asked for them are served. */
    void stored(AddressSet blocks) {
        local.stored(blocks);
        Set<PeerContext> waiting = new LinkedHashSet<>();
        contexts.wanters().forEachOf(blocks, (address, context) -> {
            context.wantList().held(address, true);
            waiting.add(context);
        });
        waiting.forEach(this::serve);
    }

    /** These are no longer held; who asked for them waits until they are held again. */
    void deleted(AddressSet blocks) {
        local.deleted(blocks);
        contexts.wanters().forEachOf(blocks, (address, context) -> context.wantList().held(address, false));
    }
}
