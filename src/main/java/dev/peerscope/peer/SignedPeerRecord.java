package dev.peerscope.peer;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Addresses that a peer vouches for with its key: a libp2p peer record in a signed envelope.
 *
 * <p>Its text is {@code spr:} and the envelope in base64url, as Codex nodes print it. Reading one checks its form and
 * that the key is the peer's; whether the signature holds is for the owner of keys to say, from {@link #publicKey()},
 * {@link #signedBytes()} and {@link #signature()}.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/RFC/0002-signed-envelopes.md">signed envelopes</a>
 * @see <a href="https://github.com/libp2p/specs/blob/master/RFC/0003-routing-records.md">peer records</a>
 */
public final class SignedPeerRecord {

    /** How the text form begins. */
    public static final String PREFIX = "spr:";

    private static final int BYTES_MAX = 16 * 1024;

    private final byte[] bytes;
    private final SealedEnvelope envelope;
    private final PeerRecordFields fields;

    private SignedPeerRecord(byte[] bytes, SealedEnvelope envelope, PeerRecordFields fields) {
        this.bytes = bytes;
        this.envelope = envelope;
        this.fields = fields;
    }

    /**
     * Makes a record of one's own.
     *
     * @param publicKey
     *            libp2p's {@code PublicKey} message
     * @param sequence
     *            grows with each record, usually the time in seconds
     * @param signer
     *            signs bytes with the private key
     */
    public static SignedPeerRecord sign(byte[] publicKey, long sequence, List<Multiaddr> addresses,
            UnaryOperator<byte[]> signer) {
        var fields = new PeerRecordFields(PeerId.ofPublicKey(publicKey), sequence, addresses);
        byte[] payload = fields.encode();
        var envelope = new SealedEnvelope(publicKey, payload, signer.apply(SealedEnvelope.signedBytes(payload)));
        return new SignedPeerRecord(envelope.encode(), envelope, fields);
    }

    /**
     * Reads the text form, padded or not.
     *
     * @throws InvalidSignedPeerRecord
     *             if it is malformed
     */
    public static SignedPeerRecord parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new InvalidSignedPeerRecord("a signed peer record starts with " + PREFIX);
        }
        try {
            return decode(Base64.getUrlDecoder().decode(text.substring(PREFIX.length())));
        } catch (InvalidSignedPeerRecord e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidSignedPeerRecord("the record is not base64url: " + e.getMessage());
        }
    }

    /**
     * Reads an envelope.
     *
     * @throws InvalidSignedPeerRecord
     *             if it or its record is malformed, or if its key is not that of the peer it speaks of
     */
    public static SignedPeerRecord decode(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw new InvalidSignedPeerRecord("a signed peer record has at most " + BYTES_MAX + " bytes");
        }
        try {
            var envelope = SealedEnvelope.decode(bytes);
            var fields = PeerRecordFields.decode(envelope.payload());
            if (!PeerId.ofPublicKey(envelope.publicKey()).equals(fields.peer())) {
                throw new InvalidSignedPeerRecord("the record of " + fields.peer() + " is signed with another key");
            }
            return new SignedPeerRecord(bytes.clone(), envelope, fields);
        } catch (InvalidSignedPeerRecord e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidSignedPeerRecord("not a signed peer record: " + e.getMessage());
        }
    }

    /** Whose addresses these are. */
    public PeerId peerId() {
        return fields.peer();
    }

    /** Of two records of a peer the one with the higher number holds; unsigned. */
    public long sequence() {
        return fields.sequence();
    }

    /** Those of its addresses that are understood here, in the peer's order. */
    public List<Multiaddr> addresses() {
        return fields.addresses();
    }

    /** The signer's key as libp2p's {@code PublicKey} message. */
    public byte[] publicKey() {
        return envelope.publicKey().clone();
    }

    /** What the signature is over. */
    public byte[] signedBytes() {
        return SealedEnvelope.signedBytes(envelope.payload());
    }

    /** The signature over {@link #signedBytes()}. */
    public byte[] signature() {
        return envelope.signature().clone();
    }

    /** The envelope. */
    public byte[] encode() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedPeerRecord that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The text form, without padding. */
    @Override
    public String toString() {
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
