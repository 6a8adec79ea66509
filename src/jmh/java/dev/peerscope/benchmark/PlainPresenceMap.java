package dev.peerscope.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import org.jspecify.annotations.Nullable;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;
import dev.peerscope.block.Price;

/**
 * The baseline of the engine: what one peer said, as a plain map from address to presence, which is how a Codex node keeps it. An
 * object for each address, CID, price and presence; a lookup for each record.
 */
public final class PlainPresenceMap {

    /** What was said of a block. */
    public record Presence(BlockAddress address, boolean have, Price price) {}

    /** What was known before, null for nothing, and what is known now. */
    public record Change(@Nullable Presence before, Presence now) {}

    private final Map<BlockAddress, Presence> presences = new HashMap<>();

    public void clear() {
        presences.clear();
    }

    /** Notes what was said. */
    public @Nullable Presence put(Presence presence) {
        return presences.put(presence.address, presence);
    }

    /** Reads one framed message and notes what it says of the leaves below {@code wanted}; returns what changed. */
    public List<Change> takeIn(byte[] framed, long wanted) throws IOException {
        List<Change> changes = new ArrayList<>();
        CodedInputStream in = CodedInputStream.newInstance(framed);
        in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 4) {
                int limit = in.pushLimit(in.readRawVarint32());
                Presence presence = presence(in);
                in.popLimit(limit);
                if (((BlockAddress.Leaf) presence.address).index() < wanted) {
                    Presence before = put(presence);
                    if (!presence.equals(before)) {
                        changes.add(new Change(before, presence));
                    }
                }
            } else {
                in.skipField(tag);
            }
        }
        return changes;
    }

    private static Presence presence(CodedInputStream in) throws IOException {
        BlockAddress address = null;
        boolean have = true;
        Price price = Price.ZERO;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> {
                    int limit = in.pushLimit(in.readRawVarint32());
                    address = leaf(in);
                    in.popLimit(limit);
                }
                case 2 -> have = in.readEnum() == 0;
                case 3 -> price = Price.ofBytes(in.readByteArray());
                default -> in.skipField(tag);
            }
        }
        if (address == null) {
            throw new IOException("a presence without an address");
        }
        return new Presence(address, have, have ? price : Price.ZERO);
    }

    private static BlockAddress leaf(CodedInputStream in) throws IOException {
        Cid tree = null;
        long index = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 2 -> tree = Cid.decode(in.readByteArray());
                case 3 -> index = in.readUInt64();
                default -> in.skipField(tag);
            }
        }
        if (tree == null) {
            throw new IOException("a leaf without a tree");
        }
        return new BlockAddress.Leaf(tree, index);
    }
}
