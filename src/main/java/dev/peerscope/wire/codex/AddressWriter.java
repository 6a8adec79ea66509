package dev.peerscope.wire.codex;

import static dev.peerscope.wire.ProtobufWriter.bytesFieldLength;
import static dev.peerscope.wire.ProtobufWriter.varintFieldLength;

import java.util.function.IntUnaryOperator;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.Cid;
import dev.peerscope.wire.ProtobufWriter;
import dev.peerscope.wire.codex.CodexFields.Address;

/** Writes a {@code BlockAddress} as a field of another message. */
final class AddressWriter {

    private AddressWriter() {}

    /** Bytes of the address without the tag and length before it. */
    static int length(BlockAddress address) {
        return switch (address) {
            case BlockAddress.Leaf(Cid treeCid, long index) -> leafLength(treeCid, index);
            case BlockAddress.Standalone(Cid cid) -> standaloneLength(cid);
        };
    }

    static int leafLength(Cid treeCid, long index) {
        return varintFieldLength(Address.LEAF, 1) + bytesFieldLength(Address.TREE_CID, treeCid.length())
                + varintFieldLength(Address.INDEX, index);
    }

    /**
     * Bytes of records about leaves, one for each.
     *
     * @param record bytes of a record with its tag and length, by those of the address in it
     * @throws ArithmeticException when they are more than a long holds
     */
    static long leavesLength(Cid treeCid, BlockRanges ranges, IntUnaryOperator record) {
        long length = 0;
        for (int i = 0; i < ranges.rangeCount(); i++) {
            length = Math.addExact(length, rangeLength(treeCid, ranges.first(i), ranges.last(i), record));
        }
        return length;
    }

    /** Leaves whose indices take equally many bytes take equally many themselves, so a range of any size is soon done. */
    private static long rangeLength(Cid treeCid, long first, long last, IntUnaryOperator record) {
        long length = 0;
        long index = first;
        while (true) {
            int indexBits = 7 * ProtobufWriter.varintLength(index);
            long lastAlike = indexBits >= Long.SIZE - 1 ? last : Math.min(last, (1L << indexBits) - 1);
            int each = record.applyAsInt(leafLength(treeCid, index));
            length = Math.addExact(length, Math.multiplyExact(each, Math.addExact(lastAlike - index, 1)));
            if (lastAlike == last) {
                return length;
            }
            index = lastAlike + 1;
        }
    }

    static int standaloneLength(Cid cid) {
        return varintFieldLength(Address.LEAF, 0) + bytesFieldLength(Address.CID, cid.length());
    }

    static void write(ProtobufWriter out, int field, BlockAddress address) {
        switch (address) {
            case BlockAddress.Leaf(Cid treeCid, long index) -> writeLeaf(out, field, treeCid, index);
            case BlockAddress.Standalone(Cid cid) -> writeStandalone(out, field, cid);
        }
    }

    static void writeLeaf(ProtobufWriter out, int field, Cid treeCid, long index) {
        out.messageField(field, leafLength(treeCid, index));
        out.flagField(Address.LEAF, true);
        writeCid(out, Address.TREE_CID, treeCid);
        out.varintField(Address.INDEX, index);
    }

    static void writeStandalone(ProtobufWriter out, int field, Cid cid) {
        out.messageField(field, standaloneLength(cid));
        out.flagField(Address.LEAF, false);
        writeCid(out, Address.CID, cid);
    }

    static void writeCid(ProtobufWriter out, int field, Cid cid) {
        out.messageField(field, cid.length());
        cid.writeTo(out.buffer());
    }
}
