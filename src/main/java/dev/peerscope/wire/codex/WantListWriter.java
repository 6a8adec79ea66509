package dev.peerscope.wire.codex;

import static dev.peerscope.wire.ProtobufWriter.bytesFieldLength;
import static dev.peerscope.wire.ProtobufWriter.varintFieldLength;

import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.message.WantType;
import dev.peerscope.wire.ProtobufWriter;
import dev.peerscope.wire.codex.CodexFields.Entry;

/** Writes a want-list. An entry cannot hold what a real node dies of: priorities are checked where they are made. */
final class WantListWriter {

    private WantListWriter() {}

    /** Bytes of the want-list without the tag and length before it. */
    static long length(WantList wantList) {
        long length = varintFieldLength(CodexFields.WantList.FULL, 0);
        for (WantListEntry entry : wantList.entries()) {
            length += fieldLength(entryLength(AddressWriter.length(entry.address()), entry.priority()));
        }
        for (BlockSet blocks : wantList.wantHaves()) {
            length = Math.addExact(length, switch (blocks) {
                case BlockSet.Single(Cid cid) -> fieldLength(wantHaveLength(AddressWriter.standaloneLength(cid)));
                case BlockSet.Leaves(Cid treeCid, BlockRanges ranges) -> AddressWriter.leavesLength(treeCid, ranges,
                        addressLength -> fieldLength(wantHaveLength(addressLength)));
            });
        }
        return length;
    }

    private static int fieldLength(int entryLength) {
        return bytesFieldLength(CodexFields.WantList.ENTRY, entryLength);
    }

    private static int wantHaveLength(int addressLength) {
        return entryLength(addressLength, 0);
    }

    private static int entryLength(int addressLength, int priority) {
        return bytesFieldLength(Entry.ADDRESS, addressLength) + varintFieldLength(Entry.PRIORITY, priority)
                + varintFieldLength(Entry.CANCEL, 0) + varintFieldLength(Entry.WANT_TYPE, 0)
                + varintFieldLength(Entry.SEND_DONT_HAVE, 0);
    }

    static void write(ProtobufWriter out, WantList wantList, long length) {
        out.messageField(CodexFields.Message.WANT_LIST, Math.toIntExact(length));
        for (WantListEntry entry : wantList.entries()) {
            out.messageField(CodexFields.WantList.ENTRY,
                    entryLength(AddressWriter.length(entry.address()), entry.priority()));
            AddressWriter.write(out, Entry.ADDRESS, entry.address());
            writeRest(out, entry.priority(), entry.cancel(), entry.wantType(), entry.sendDontHave());
        }
        wantList.wantHaves().forEach(blocks -> writeWantHaves(out, blocks));
        out.flagField(CodexFields.WantList.FULL, wantList.full());
    }

    private static void writeWantHaves(ProtobufWriter out, BlockSet blocks) {
        switch (blocks) {
            case BlockSet.Single(Cid cid) -> {
                out.messageField(CodexFields.WantList.ENTRY, wantHaveLength(AddressWriter.standaloneLength(cid)));
                AddressWriter.writeStandalone(out, Entry.ADDRESS, cid);
                writeRest(out, 0, false, WantType.HAVE, true);
            }
            case BlockSet.Leaves(Cid treeCid, BlockRanges ranges) -> ranges.stream().forEach(index -> {
                out.messageField(CodexFields.WantList.ENTRY, wantHaveLength(AddressWriter.leafLength(treeCid, index)));
                AddressWriter.writeLeaf(out, Entry.ADDRESS, treeCid, index);
                writeRest(out, 0, false, WantType.HAVE, true);
            });
        }
    }

    private static void writeRest(ProtobufWriter out, int priority, boolean cancel, WantType type,
            boolean sendDontHave) {
        out.varintField(Entry.PRIORITY, priority);
        out.flagField(Entry.CANCEL, cancel);
        out.varintField(Entry.WANT_TYPE, number(type));
        out.flagField(Entry.SEND_DONT_HAVE, sendDontHave);
    }

    private static int number(WantType type) {
        return switch (type) {
            case BLOCK -> CodexFields.Values.WANT_BLOCK;
            case HAVE -> CodexFields.Values.WANT_HAVE;
        };
    }
}
