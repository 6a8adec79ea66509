package dev.peerscope.wire.codex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.message.RejectedRecord;
import dev.peerscope.message.RejectedRecord.Part;
import dev.peerscope.message.RejectedRecord.Reason;

/** Collects the records that are left out of the message at hand; they are as few as its records may be. */
final class Rejections {

    private final List<RejectedRecord> records = new ArrayList<>();

    void add(Part part, Reason reason) {
        records.add(new RejectedRecord(part, reason));
    }

    void add(Part part, Reason reason, BlockAddress address) {
        records.add(new RejectedRecord(part, reason, Optional.of(address)));
    }

    /** What was collected, and starts anew. */
    List<RejectedRecord> take() {
        if (records.isEmpty()) {
            return List.of();
        }
        List<RejectedRecord> taken = List.copyOf(records);
        records.clear();
        return taken;
    }
}
