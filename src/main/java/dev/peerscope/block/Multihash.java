package dev.peerscope.block;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

import dev.peerscope.block.InvalidCid.Reason;

/**
 * A digest together with the hash function that made it: varint code, varint length, digest.
 *
 * <p>Only hash functions that a Codex node knows exist as a value, and only with the digest length that belongs to them.
 */
public final class Multihash {

    /** The multihash code of SHA2-256, the hash of every block and tree that Codex makes. */
    public static final long SHA2_256 = 0x12;

    /** The longest digest in bytes; only an identity multihash could be longer. */
    public static final int DIGEST_LENGTH_MAX = 128;

    private final HashFunction function;
    private final byte[] digest;

    private Multihash(HashFunction function, byte[] digest) {
        this.function = function;
        this.digest = digest;
    }

    /**
     * The multihash of a digest that was computed elsewhere.
     *
     * @param code multihash code, {@code 0x12} for SHA2-256
     * @throws InvalidCid when the hash function is unknown or the digest has not its length
     */
    public static Multihash of(long code, byte[] digest) {
        return new Multihash(function(code, digest.length), digest.clone());
    }

    /** The SHA2-256 multihash of the data. */
    public static Multihash sha256(byte[] data) {
        HashFunction sha256 = HashFunction.of(SHA2_256).orElseThrow();
        return new Multihash(sha256, sha256.digest(data).orElseThrow());
    }

    /**
     * Reads a multihash that fills the bytes exactly.
     *
     * @throws InvalidCid when the bytes are anything else
     */
    public static Multihash decode(byte[] exact) {
        ByteBuffer from = ByteBuffer.wrap(exact);
        HashFunction function = check(from);
        byte[] digest = new byte[from.remaining()];
        from.get(digest);
        return new Multihash(function, digest);
    }

    /**
     * Checks that what remains of the buffer is exactly one multihash, and leaves the buffer at its digest.
     */
    static HashFunction check(ByteBuffer from) {
        if (!from.hasRemaining()) {
            throw new InvalidCid(Reason.EMPTY, "there are no bytes where a multihash was expected");
        }
        long code = Varints.read(from, "hash function");
        long length = Varints.read(from, "digest length");
        HashFunction function = function(code, length);
        if (from.remaining() < length) {
            throw new InvalidCid(Reason.TRUNCATED,
                    "the digest has " + from.remaining() + " bytes, its length says " + length);
        }
        if (from.remaining() > length) {
            throw new InvalidCid(Reason.TRAILING_BYTES,
                    (from.remaining() - length) + " bytes follow the digest, expected none");
        }
        return function;
    }

    private static HashFunction function(long code, long length) {
        HashFunction function = HashFunction.of(code)
                .orElseThrow(() -> new InvalidCid(Reason.UNKNOWN_HASH,
                        "hash function 0x" + Long.toHexString(code) + " is not one that Codex knows"));
        if (length > DIGEST_LENGTH_MAX || !function.allows((int) length)) {
            String expected = function.digestLength() == HashFunction.ANY_LENGTH
                    ? "at most " + DIGEST_LENGTH_MAX
                    : Integer.toString(function.digestLength());
            throw new InvalidCid(Reason.WRONG_DIGEST_LENGTH,
                    "a " + function.name() + " digest of " + length + " bytes, expected " + expected);
        }
        return function;
    }

    /** Whether a Codex node knows the hash function of this multihash code. */
    public static boolean isKnown(long code) {
        return HashFunction.of(code).isPresent();
    }

    /** Whether this is the multihash of the data; false as well when the hash function cannot be computed here. */
    public boolean isHashOf(byte[] data) {
        return function.digest(data).map(computed -> Arrays.equals(computed, digest)).orElse(false);
    }

    /** The multihash code of the hash function, {@code 0x12} for SHA2-256. */
    public long code() {
        return function.code();
    }

    /** The name of the hash function in the multicodec table, {@code sha2-256}. */
    public String functionName() {
        return function.name();
    }

    /** The length of the digest in bytes. */
    public int digestLength() {
        return digest.length;
    }

    /** A copy of the digest. */
    public byte[] digest() {
        return digest.clone();
    }

    /** Code, length and digest as they stand in a CID. */
    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(length());
        writeTo(bytes);
        return bytes.array();
    }

    int length() {
        return Varints.length(function.code()) + Varints.length(digest.length) + digest.length;
    }

    void writeTo(ByteBuffer to) {
        Varints.write(function.code(), to);
        Varints.write(digest.length, to);
        to.put(digest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Multihash that && function.equals(that.function) && Arrays.equals(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(function.code()) + Arrays.hashCode(digest);
    }

    /** Function and digest for people: {@code sha2-256:e3b0…}. */
    @Override
    public String toString() {
        return function.name() + ":" + HexFormat.of().formatHex(digest);
    }
}
