package dev.peerscope.wire.codex;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;
import dev.peerscope.block.InvalidCid;
import dev.peerscope.message.RejectedRecord.Reason;
import dev.peerscope.wire.InternTable;
import dev.peerscope.wire.ProtobufReader;
import dev.peerscope.wire.ProtocolViolation;
import dev.peerscope.wire.ProtocolViolation.Rule;
import dev.peerscope.wire.Slice;

/**
 * Reads a {@code BlockAddress} and holds it until the next one, so that a presence needs no object for its address.
 *
 * <p>Trees are interned: the leaves of a message share their tree's {@link Cid}, as do the messages of a stream.
 */
final class AddressReader {

    /** Trees that are told apart without parsing their CID again; a message speaks of one or two. */
    private static final int TREES = 16;

    private static final int LEAF = CodexFields.Address.LEAF << 3;
    private static final int TREE_CID = CodexFields.Address.TREE_CID << 3 | 2;
    private static final int INDEX = CodexFields.Address.INDEX << 3;
    private static final int CID = CodexFields.Address.CID << 3 | 2;

    private final ProtobufReader in;
    private final int cidLengthMax;
    private final InternTable<Cid> trees = new InternTable<>(TREES, Cid::decode);

    private boolean leaf;
    private long index;
    private long indexBytes;
    private @Nullable Cid cid;

    AddressReader(ProtobufReader in, int cidLengthMax) {
        this.in = in;
        this.cidLengthMax = cidLengthMax;
    }

    /**
     * Reads the address in the slice. Leaves the reader inside of it.
     *
     * @return why there is no address to use; null when there is one
     * @throws ProtocolViolation when it is no protobuf, or a leaf's index is too large
     */
    @Nullable
    Reason read(long slice) {
        leaf = false;
        index = 0;
        indexBytes = Slice.ABSENT;
        cid = null;
        if (Slice.isAbsent(slice)) {
            return Reason.ADDRESS_MISSING;
        }
        long treeBytes = Slice.ABSENT;
        long cidBytes = Slice.ABSENT;
        in.enter(slice);
        while (in.next()) {
            switch (in.tag()) {
                case LEAF -> leaf = in.flag();
                case TREE_CID -> treeBytes = in.slice();
                case INDEX -> {
                    int from = in.position();
                    index = in.varint();
                    indexBytes = Slice.of(from, in.position());
                }
                case CID -> cidBytes = in.slice();
                default -> in.skipUnknown();
            }
        }
        return leaf ? takeLeaf(treeBytes) : takeStandalone(cidBytes);
    }

    private @Nullable Reason takeLeaf(long treeBytes) {
        if (index < 0) {
            throw new ProtocolViolation(Rule.INDEX_TOO_LARGE,
                    "a leaf with index " + Long.toUnsignedString(index) + ", the largest is 2^63-1");
        }
        if (Slice.isAbsent(treeBytes)) {
            return Reason.TREE_MISSING;
        }
        if (Slice.length(treeBytes) > cidLengthMax) {
            return Reason.CID_INVALID;
        }
        try {
            cid = trees.get(in.array(), treeBytes);
            return null;
        } catch (InvalidCid _) {
            return Reason.CID_INVALID;
        }
    }

    private @Nullable Reason takeStandalone(long cidBytes) {
        if (Slice.isAbsent(cidBytes)) {
            return Reason.ADDRESS_MISSING;
        }
        cid = readCid(cidBytes);
        return cid == null ? Reason.CID_INVALID : null;
    }

    /** The CID in the slice, which is read once only; null when there is none to use. */
    @Nullable
    Cid readCid(long slice) {
        if (Slice.isAbsent(slice) || Slice.length(slice) > cidLengthMax) {
            return null;
        }
        try {
            return Cid.decode(in.array(), Slice.from(slice), Slice.length(slice));
        } catch (InvalidCid _) {
            return null;
        }
    }

    /** Whether the address is a leaf's. */
    boolean isLeaf() {
        return leaf;
    }

    /** The tree's CID of a leaf, the own CID of any other block. */
    Cid cid() {
        if (cid == null) {
            throw new IllegalStateException("there is no address: the last one was refused");
        }
        return cid;
    }

    /** The number of a leaf. */
    long index() {
        return index;
    }

    /** Where the number of a leaf stands, if it was written. */
    long indexBytes() {
        return indexBytes;
    }

    /** The address as a value. */
    BlockAddress toAddress() {
        return leaf ? new BlockAddress.Leaf(cid(), index) : new BlockAddress.Standalone(cid());
    }
}
