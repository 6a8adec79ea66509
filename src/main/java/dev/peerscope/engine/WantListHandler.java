package dev.peerscope.engine;

import org.jspecify.annotations.Nullable;

import dev.peerscope.engine.EngineReader.PeerWant;
import dev.peerscope.event.WantListReason;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;

/**
 * Handles what a peer asks of us (protocol section 4). Want-have is answered on the fly and never recorded; want-block is
 * recorded until it is served or cancelled.
 */
final class WantListHandler {

    private final LocalBlocks local;
    private final BlockServing serving;

    WantListHandler(LocalBlocks local, BlockServing serving) {
        this.local = local;
        this.serving = serving;
    }

    /** Handles one want-list. That it is {@code full} removes nothing (protocol section 5.6). */
    void handle(PeerContext context, WantList wantList) {
        try (WantListEdit edit = context.editWantList()) {
            for (WantListEntry entry : wantList.entries()) {
                handle(context, entry, edit);
            }
        }
        serving.serve(context);
    }

    private void handle(PeerContext context, WantListEntry entry, WantListEdit edit) {
        @Nullable
        PeerWant recorded = context.wantList().get(entry.address());
        boolean held = local.has(entry.address());
        if (entry.cancel()) {
            edit.remove(entry.address(), WantListReason.CANCELLED);
            return;
        }
        switch (entry.wantType()) {
            case BLOCK -> {
                if (recorded == null) {
                    edit.add(entry, held);
                } else {
                    edit.update(recorded, entry);
                }
            }
            case HAVE -> {
                // A real node answers a want-have for a recorded block with nothing, and a DontHave that was not asked
                // for makes it request that very block.
                if (recorded == null && (held || entry.sendDontHave())) {
                    context.outbox().answer(entry.address(), held, local.price());
                }
            }
        }
    }
}
