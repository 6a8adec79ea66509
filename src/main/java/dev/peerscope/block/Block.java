package dev.peerscope.block;

import java.util.Arrays;

/**
 * A piece of data and the CID that it goes by.
 *
 * <p>The data is shared, not copied: whoever hands it over or gets it leaves it as it is.
 *
 * @param cid what the data should hash to; {@link #matches()} says whether it does
 * @param data the bytes; none for the empty block
 */
public record Block(Cid cid, byte[] data) {

    /** The Codex block without data, which every Codex node counts as present. */
    public static final Block EMPTY = of(CodexCodec.BLOCK, new byte[0]);

    /** The block of this data, with its version 1 SHA2-256 CID. */
    public static Block of(CodexCodec codec, byte[] data) {
        return new Block(Cid.v1(codec, Multihash.sha256(data)), data);
    }

    /**
     * Whether the data hashes to the CID. No data is no exception: it must hash to the CID as any other does. False as
     * well when the CID's hash function cannot be computed here.
     */
    public boolean matches() {
        return cid.multihash().isHashOf(data);
    }

    /** The address under which the block stands on its own. */
    public BlockAddress address() {
        return new BlockAddress.Standalone(cid);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Block that && cid.equals(that.cid) && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return cid.hashCode();
    }

    @Override
    public String toString() {
        return cid + " (" + data.length + " bytes)";
    }
}
