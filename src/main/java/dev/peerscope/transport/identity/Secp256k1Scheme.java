package dev.peerscope.transport.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** ECDSA on secp256k1 over a SHA-256 digest, with signatures in DER. */
final class Secp256k1Scheme implements SignatureScheme {

    private static final int KEY_LENGTH = 33;
    /** Two integers of at most 33 bytes, each with two bytes in front, in a sequence. */
    private static final int SIGNATURE_MAX = 72;

    private static final X9ECParameters CURVE = SECNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);

    private final ECPublicKeyParameters key;

    Secp256k1Scheme(byte[] data) throws InvalidKey {
        if (data.length != KEY_LENGTH) {
            throw new InvalidKey("a compressed secp256k1 key has " + KEY_LENGTH + " bytes, not " + data.length);
        }
        try {
            this.key = new ECPublicKeyParameters(CURVE.getCurve().decodePoint(data), DOMAIN);
        } catch (IllegalArgumentException e) {
            throw new InvalidKey("the secp256k1 key is not a point of the curve");
        }
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
        if (signature.length > SIGNATURE_MAX) {
            return false;
        }
        BigInteger[] parts;
        try {
            parts = StandardDSAEncoding.INSTANCE.decode(DOMAIN.getN(), signature);
        } catch (IOException | RuntimeException e) {
            // The parser throws whatever it stumbles over, class casts included.
            return false;
        }
        var signer = new ECDSASigner();
        signer.init(false, key);
        return signer.verifySignature(sha256(message), parts[0], parts[1]);
    }

    /** Whether these 32 bytes are a private key: a number from 1 up to the order of the curve. */
    static boolean isPrivateKey(byte[] data) {
        var scalar = new BigInteger(1, data);
        return data.length == 32 && scalar.signum() > 0 && scalar.compareTo(DOMAIN.getN()) < 0;
    }

    static byte[] publicKey(byte[] privateKey) {
        return new FixedPointCombMultiplier().multiply(DOMAIN.getG(), new BigInteger(1, privateKey)).getEncoded(true);
    }

    static byte[] sign(byte[] privateKey, byte[] message) {
        // Nonces after RFC 6979: nothing depends on the quality of a random source.
        var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, privateKey), DOMAIN));
        BigInteger[] parts = signer.generateSignature(sha256(message));
        // Of the two valid signatures libsecp256k1, which Codex uses, accepts only the one with the smaller s.
        var low = parts[1].min(DOMAIN.getN().subtract(parts[1]));
        try {
            return StandardDSAEncoding.INSTANCE.encode(DOMAIN.getN(), parts[0], low);
        } catch (IOException e) {
            throw new IllegalStateException("a signature that was just made cannot be encoded", e);
        }
    }

    private static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
