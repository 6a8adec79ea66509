package dev.peerscope.wire.codex;

import static dev.peerscope.wire.ProtobufWriter.bytesFieldLength;
import static dev.peerscope.wire.ProtobufWriter.varintFieldLength;

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
            length += bytesFieldLength(CodexFields.WantList.ENTRY, entryLength(entry));
        }
        return length;
    }

    private static int entryLength(WantListEntry entry) {
        return bytesFieldLength(Entry.ADDRESS, AddressWriter.length(entry.address()))
                + varintFieldLength(Entry.PRIORITY, entry.priority()) + varintFieldLength(Entry.CANCEL, 0)
                + varintFieldLength(Entry.WANT_TYPE, 0) + varintFieldLength(Entry.SEND_DONT_HAVE, 0);
    }

    static void write(ProtobufWriter out, WantList wantList, long length) {
        out.messageField(CodexFields.Message.WANT_LIST, Math.toIntExact(length));
        for (WantListEntry entry : wantList.entries()) {
            out.messageField(CodexFields.WantList.ENTRY, entryLength(entry));
            AddressWriter.write(out, Entry.ADDRESS, entry.address());
            out.varintField(Entry.PRIORITY, entry.priority());
            out.flagField(Entry.CANCEL, entry.cancel());
            out.varintField(Entry.WANT_TYPE, number(entry.wantType()));
            out.flagField(Entry.SEND_DONT_HAVE, entry.sendDontHave());
        }
        out.flagField(CodexFields.WantList.FULL, wantList.full());
    }

    private static int number(WantType type) {
        return switch (type) {
            case BLOCK -> CodexFields.Values.WANT_BLOCK;
            case HAVE -> CodexFields.Values.WANT_HAVE;
        };
    }
}
