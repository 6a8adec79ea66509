package dev.peerscope.block;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.InvalidCid.Reason;

/**
 * A content identifier: what kind of content, and the hash of it.
 *
 * <p>Version 1 is {@code 01 | varint content type | multihash}; version 0 is a bare SHA2-256 multihash and means
 * {@code dag-pb}. Two CIDs are equal when their bytes are, so the two versions of one hash are different; they are
 * ordered by their bytes, unsigned. Only what a Codex node accepts exists as a value.
 */
public final class Cid implements Comparable<Cid> {

    /** The longest CID in bytes: version, content type, hash function, digest length, digest. */
    public static final int LENGTH_MAX = 1 + 3 + 3 + 2 + Multihash.DIGEST_LENGTH_MAX;

    /** The longest text of a CID; hexadecimal is the widest base. */
    public static final int TEXT_LENGTH_MAX = 1 + 2 * LENGTH_MAX;

    private static final int V0_LENGTH = 34;
    private static final int V0_TEXT_LENGTH = 46;

    private static final Cid EMPTY_BLOCK = v1(CodexCodec.BLOCK, Multihash.sha256(new byte[0]));

    private final byte[] bytes;
    private final CodexCodec codec;
    private final int multihashAt;
    private final int hash;
    /** Made when it is first asked for, which takes some microseconds; threads that race make the same. */
    private @Nullable String text;

    private Cid(byte[] bytes, CodexCodec codec, int multihashAt) {
        this.bytes = bytes;
        this.codec = codec;
        this.multihashAt = multihashAt;
        this.hash = Arrays.hashCode(bytes);
    }

    /**
     * Reads a CID from text: a multibase ({@code z}, {@code k}, {@code b}, {@code B}, {@code f}, {@code F}, {@code m},
     * {@code u}) or the bare base58 of version 0 ({@code Qm…}).
     *
     * @throws InvalidCid when it is none; the reason says which rule was broken
     */
    public static Cid parse(String text) {
        if (text.isEmpty()) {
            throw new InvalidCid(Reason.EMPTY, "there is no text where a CID was expected");
        }
        if (text.length() > TEXT_LENGTH_MAX) {
            throw new InvalidCid(Reason.TOO_LONG,
                    "a text of " + text.length() + " characters, a CID has at most " + TEXT_LENGTH_MAX);
        }
        if (text.length() == V0_TEXT_LENGTH && text.startsWith("Qm")) {
            return decode(Multibase.BASE58BTC.decodeBare(text));
        }
        Cid cid = decode(Multibase.announcedBy(text).decode(text));
        if (cid.version() == 0) {
            throw new InvalidCid(Reason.UNSUPPORTED_VERSION,
                    "a version 0 CID is written as bare base58 (Qm…), not in a multibase");
        }
        return cid;
    }

    /**
     * Reads a CID that fills the bytes exactly.
     *
     * @throws InvalidCid when the bytes are anything else; the reason says which rule was broken
     */
    public static Cid decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /**
     * Reads a CID that fills {@code length} bytes from {@code offset} exactly.
     *
     * @throws InvalidCid when the bytes are anything else; the reason says which rule was broken
     * @throws IndexOutOfBoundsException when the range is not inside the array
     */
    public static Cid decode(byte[] bytes, int offset, int length) {
        ByteBuffer from = ByteBuffer.wrap(bytes, offset, length).slice();
        if (length == 0) {
            throw new InvalidCid(Reason.EMPTY, "there are no bytes where a CID was expected");
        }
        if (length > LENGTH_MAX) {
            throw new InvalidCid(Reason.TOO_LONG, length + " bytes, a CID has at most " + LENGTH_MAX);
        }
        CodexCodec codec = isV0(bytes, offset, length) ? CodexCodec.DAG_PB : readVersionAndCodec(from);
        int multihashAt = from.position();
        Multihash.check(from);
        return new Cid(Arrays.copyOfRange(bytes, offset, offset + length), codec, multihashAt);
    }

    private static boolean isV0(byte[] bytes, int offset, int length) {
        return length == V0_LENGTH && bytes[offset] == Multihash.SHA2_256 && bytes[offset + 1] == 32;
    }

    private static CodexCodec readVersionAndCodec(ByteBuffer from) {
        long version = Varints.read(from, "version");
        if (version != 1) {
            throw new InvalidCid(Reason.UNSUPPORTED_VERSION,
                    "version " + version + ", expected 1, or a bare SHA2-256 multihash for version 0");
        }
        long code = Varints.read(from, "content type");
        return CodexCodec.of(code)
                .orElseThrow(() -> new InvalidCid(Reason.UNKNOWN_CODEC,
                        "content type 0x" + Long.toHexString(code) + " is not one that Codex knows"));
    }

    /** The version 1 CID of this content type and hash. */
    public static Cid v1(CodexCodec codec, Multihash multihash) {
        int multihashAt = 1 + Varints.length(codec.code());
        ByteBuffer bytes = ByteBuffer.allocate(multihashAt + multihash.length());
        bytes.put((byte) 1);
        Varints.write(codec.code(), bytes);
        multihash.writeTo(bytes);
        return new Cid(bytes.array(), codec, multihashAt);
    }

    /** 0 or 1. */
    public int version() {
        return multihashAt == 0 ? 0 : 1;
    }

    /** The multicodec code of the content type, {@code 0xcd02} for a Codex block. */
    public long codec() {
        return codec.code();
    }

    /** The content type. */
    public CodexCodec contentType() {
        return codec;
    }

    /** Whether the content type is this one. */
    public boolean isCodec(CodexCodec expected) {
        return codec == expected;
    }

    /** The hash of the content. */
    public Multihash multihash() {
        return Multihash.decode(Arrays.copyOfRange(bytes, multihashAt, bytes.length));
    }

    /** Whether this is the CID of the Codex block without data, which every Codex node counts as present. */
    public boolean isEmptyBlock() {
        return equals(EMPTY_BLOCK);
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** The number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** Writes the bytes at the position of the buffer, without a copy in between. */
    public void writeTo(ByteBuffer to) {
        to.put(bytes);
    }

    /** The text in base32, lower case ({@code b…}), which is safe in host names and file names. */
    public String toBase32() {
        return Multibase.BASE32.encode(bytes);
    }

    @Override
    public int compareTo(Cid other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Cid that && hash == that.hash && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** The text as Codex prints it: base58btc with {@code z}, or bare for version 0 ({@code Qm…}). */
    @Override
    public String toString() {
        String made = text;
        if (made == null) {
            made = multihashAt == 0 ? Multibase.BASE58BTC.encodeBare(bytes) : Multibase.BASE58BTC.encode(bytes);
            text = made;
        }
        return made;
    }
}
