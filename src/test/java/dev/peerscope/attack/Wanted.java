package dev.peerscope.attack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;

/**
 * One entry of a want-list, read by hand from {@code Message {1 wantList {1 entry* {1 address {2 tree, 3 index, 4 cid}, 3 cancel, 4 type,
 * 5 sendDontHave}}}}}; hundreds of peers read a million of them.
 *
 * @param message
 *            where its address stands
 * @param offset
 *            of the address in it
 * @param length
 *            bytes of the address
 * @param tree
 *            CID of the tree; empty for a block on its own
 * @param index
 *            of the leaf
 * @param cancel
 *            whether it takes an earlier entry back
 * @param have
 *            whether presence is asked for, and not the block
 * @param sendDontHave
 *            whether a denial is welcome
 */
record Wanted(byte[] message, int offset, int length, byte[] tree, long index, boolean cancel, boolean have,
        boolean sendDontHave) {

    private static final int WANT_LIST = field(1);
    private static final int ENTRY = field(1);
    private static final byte[] NO_TREE = {};

    /** The entries of one message. */
    static List<Wanted> read(byte[] message) throws IOException {
        var in = CodedInputStream.newInstance(message);
        List<Wanted> entries = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == WANT_LIST) {
                int limit = in.pushLimit(in.readRawVarint32());
                byte[] tree = NO_TREE;
                for (int inner = in.readTag(); inner != 0; inner = in.readTag()) {
                    if (inner == ENTRY) {
                        var entry = entry(message, in, tree);
                        tree = entry.tree;
                        entries.add(entry);
                    } else {
                        in.skipField(inner);
                    }
                }
                in.popLimit(limit);
            } else {
                in.skipField(tag);
            }
        }
        return entries;
    }

    /** Another number for another block, as good as certainly. */
    long key() {
        return (long) Arrays.hashCode(tree) << Integer.SIZE ^ index;
    }

    boolean isOf(byte[] treeCid) {
        return Arrays.equals(tree, treeCid);
    }

    /**
     * Reads one entry.
     *
     * @param lastTree
     *            of the entry before, whose bytes are shared if it is the same
     */
    private static Wanted entry(byte[] message, CodedInputStream in, byte[] lastTree) throws IOException {
        int end = in.pushLimit(in.readRawVarint32());
        int offset = 0;
        int length = 0;
        byte[] tree = NO_TREE;
        long index = 0;
        boolean cancel = false;
        boolean have = false;
        boolean sendDontHave = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> {
                    length = in.readRawVarint32();
                    offset = in.getTotalBytesRead();
                    int inner = in.pushLimit(length);
                    for (int part = in.readTag(); part != 0; part = in.readTag()) {
                        switch (WireFormat.getTagFieldNumber(part)) {
                            case 2 -> tree = shared(message, in, lastTree);
                            case 3 -> index = in.readRawVarint64();
                            default -> in.skipField(part);
                        }
                    }
                    in.popLimit(inner);
                }
                case 3 -> cancel = in.readBool();
                case 4 -> have = in.readRawVarint32() == 1;
                case 5 -> sendDontHave = in.readBool();
                default -> in.skipField(tag);
            }
        }
        in.popLimit(end);
        return new Wanted(message, offset, length, tree, index, cancel, have, sendDontHave);
    }

    private static byte[] shared(byte[] message, CodedInputStream in, byte[] last) throws IOException {
        int length = in.readRawVarint32();
        int from = in.getTotalBytesRead();
        in.skipRawBytes(length);
        return Arrays.equals(message, from, from + length, last, 0, last.length)
                ? last
                : Arrays.copyOfRange(message, from, from + length);
    }

    private static int field(int number) {
        return number << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }
}
