package dev.peerscope.peer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The name of a peer: a multihash of its public key in libp2p's protobuf form.
 *
 * <p>A key of at most 42 bytes (Ed25519, secp256k1) is kept whole as an identity multihash, a longer one (RSA, ECDSA)
 * as its SHA-256. Text is base58btc of the multihash ({@code 12D3Koo…}, {@code 16Uiu2…}, {@code Qm…}); text in the
 * form of a CID ({@code bafz…}, {@code z…}) is understood as well.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/peer-ids/peer-ids.md">libp2p peer ids</a>
 */
public final class PeerId implements Comparable<PeerId> {

    private static final int IDENTITY = 0x00;
    private static final int SHA2_256 = 0x12;
    private static final int INLINE_KEY_MAX = 42;
    private static final int CID_VERSION = 1;
    private static final int LIBP2P_KEY = 0x72;
    private static final int TEXT_MAX = 128;
    private static final int SHORT_TEXT = 8;

    private final byte[] multihash;
    private final String text;

    private PeerId(byte[] multihash) {
        this.multihash = multihash;
        this.text = Base58.encode(multihash);
    }

    /** The id of the peer that owns this public key, given as the bytes of libp2p's {@code PublicKey} message. */
    public static PeerId ofPublicKey(byte[] publicKeyProtobuf) {
        boolean inline = publicKeyProtobuf.length <= INLINE_KEY_MAX;
        byte[] digest = inline ? publicKeyProtobuf : sha256(publicKeyProtobuf);
        return new PeerId(new ByteWriter().varint(inline ? IDENTITY : SHA2_256).counted(digest).toBytes());
    }

    /**
     * Reads either text form.
     *
     * @throws InvalidPeerId if it is neither
     */
    public static PeerId parse(String text) {
        if (text.isEmpty() || text.length() > TEXT_MAX) {
            throw new InvalidPeerId("a peer id has 1 to " + TEXT_MAX + " characters, this one " + text.length());
        }
        try {
            boolean plain = text.startsWith("1") || text.startsWith("Qm");
            return decode(plain ? Base58.decode(text) : multihashOfCid(text));
        } catch (InvalidPeerId e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidPeerId("'" + text + "' is not a peer id: " + e.getMessage());
        }
    }

    /**
     * Reads the multihash.
     *
     * @throws InvalidPeerId if it is of another kind than identity or SHA-256, or of the wrong length
     */
    public static PeerId decode(byte[] multihash) {
        try {
            var reader = new ByteReader(multihash);
            long function = reader.varint();
            byte[] digest = reader.counted("the digest of the peer id");
            if (reader.hasMore()) {
                throw new InvalidPeerId("bytes follow the multihash of the peer id");
            }
            if (function == IDENTITY ? digest.length == 0 || digest.length > INLINE_KEY_MAX
                    : function != SHA2_256 || digest.length != 32) {
                throw new InvalidPeerId("a peer id is an identity multihash of at most " + INLINE_KEY_MAX
                        + " bytes or a SHA-256, not function 0x" + Long.toHexString(function) + " with " + digest.length
                        + " bytes");
            }
            return new PeerId(multihash.clone());
        } catch (InvalidPeerId e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidPeerId("not a peer id: " + e.getMessage());
        }
    }

    /** The multihash, as it stands in messages. */
    public byte[] toBytes() {
        return multihash.clone();
    }

    /** The last eight characters: enough to tell peers apart in a log, and unlike the first ones they differ. */
    public String shortText() {
        return text.length() <= SHORT_TEXT ? text : text.substring(text.length() - SHORT_TEXT);
    }

    @Override
    public int compareTo(PeerId other) {
        return Arrays.compareUnsigned(multihash, other.multihash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerId that && Arrays.equals(multihash, that.multihash);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Base58 text. */
    @Override
    public String toString() {
        return text;
    }

    private static byte[] multihashOfCid(String text) {
        var reader = new ByteReader(switch (text.charAt(0)) {
            case 'b' -> Base32.decode(text.substring(1));
            case 'z' -> Base58.decode(text.substring(1));
            default -> throw new IllegalArgumentException("it starts with neither 1, Qm, b nor z");
        });
        if (reader.varint() != CID_VERSION || reader.varint() != LIBP2P_KEY) {
            throw new IllegalArgumentException("the CID is not a version 1 libp2p-key");
        }
        return reader.rest();
    }

    private static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
