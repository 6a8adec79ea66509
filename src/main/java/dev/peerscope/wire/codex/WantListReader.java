package dev.peerscope.wire.codex;

import java.util.ArrayList;
import java.util.List;

import dev.peerscope.message.RejectedRecord.Part;
import dev.peerscope.message.RejectedRecord.Reason;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.message.WantType;
import dev.peerscope.wire.ProtobufReader;
import dev.peerscope.wire.ProtocolViolation;
import dev.peerscope.wire.ProtocolViolation.Rule;
import dev.peerscope.wire.Slice;

/** Reads the want-list of a message. */
final class WantListReader {

    private static final int ENTRY = CodexFields.WantList.ENTRY << 3 | 2;
    private static final int FULL = CodexFields.WantList.FULL << 3;

    private static final int ADDRESS = CodexFields.Entry.ADDRESS << 3 | 2;
    private static final int PRIORITY = CodexFields.Entry.PRIORITY << 3;
    private static final int CANCEL = CodexFields.Entry.CANCEL << 3;
    private static final int WANT_TYPE = CodexFields.Entry.WANT_TYPE << 3;
    private static final int SEND_DONT_HAVE = CodexFields.Entry.SEND_DONT_HAVE << 3;

    private final ProtobufReader in;
    private final AddressReader address;
    private final Rejections rejections;
    private final int entriesMax;

    WantListReader(ProtobufReader in, AddressReader address, Rejections rejections, int entriesMax) {
        this.in = in;
        this.address = address;
        this.rejections = rejections;
        this.entriesMax = entriesMax;
    }

    /** The want-list in the slice; nothing wanted when the field did not come. */
    WantList read(long slice) {
        if (Slice.isAbsent(slice)) {
            return WantList.EMPTY;
        }
        List<WantListEntry> entries = new ArrayList<>();
        boolean full = false;
        int records = 0;
        in.enter(slice);
        while (in.next()) {
            switch (in.tag()) {
                case ENTRY -> {
                    records++;
                    checkCount(records);
                    long entry = in.slice();
                    long rest = in.rest();
                    readEntry(entry, entries);
                    in.enter(rest);
                }
                case FULL -> full = in.flag();
                default -> in.skipUnknown();
            }
        }
        return entries.isEmpty() && !full ? WantList.EMPTY : new WantList(entries, full);
    }

    private void checkCount(int records) {
        if (records > entriesMax) {
            throw new ProtocolViolation(Rule.TOO_MANY_WANT_LIST_ENTRIES,
                    "a want-list with more than " + entriesMax + " entries");
        }
    }

    private void readEntry(long slice, List<WantListEntry> entries) {
        long addressBytes = Slice.ABSENT;
        long priority = 0;
        boolean cancel = false;
        long wantType = CodexFields.Values.WANT_BLOCK;
        boolean sendDontHave = false;
        in.enter(slice);
        while (in.next()) {
            switch (in.tag()) {
                case ADDRESS -> addressBytes = in.slice();
                case PRIORITY -> priority = in.varint();
                case CANCEL -> cancel = in.flag();
                case WANT_TYPE -> wantType = in.varint();
                case SEND_DONT_HAVE -> sendDontHave = in.flag();
                default -> in.skipUnknown();
            }
        }
        int checkedPriority = priority(priority);
        WantType checkedType = wantType(wantType);
        Reason refusal = address.read(addressBytes);
        if (refusal == null) {
            entries.add(new WantListEntry(address.toAddress(), checkedPriority, cancel, checkedType, sendDontHave));
        } else {
            rejections.add(Part.WANT_LIST_ENTRY, refusal);
        }
    }

    private static int priority(long value) {
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new ProtocolViolation(Rule.PRIORITY_OUT_OF_RANGE,
                    "a want with priority " + Long.toUnsignedString(value) + ", the highest is 2^31-1");
        }
        return (int) value;
    }

    private static WantType wantType(long number) {
        if (number == CodexFields.Values.WANT_BLOCK) {
            return WantType.BLOCK;
        }
        if (number == CodexFields.Values.WANT_HAVE) {
            return WantType.HAVE;
        }
        throw new ProtocolViolation(Rule.UNKNOWN_WANT_TYPE,
                "a want of type " + Long.toUnsignedString(number) + ", known are 0 (block) and 1 (have)");
    }
}
