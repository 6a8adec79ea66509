package dev.peerscope.transport.identity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;

/** The kinds of keys that come as a SubjectPublicKeyInfo and that the JDK knows: ECDSA and RSA. */
final class JdkScheme implements SignatureScheme {

    private static final int INFO_MAX = 2048;
    private static final int RSA_BITS_MIN = 2048;
    /** The cost of a check grows with the key; nobody's identity needs more. */
    private static final int RSA_BITS_MAX = 8192;
    private static final int P256_BITS = 256;

    private final PublicKey key;
    private final String algorithm;

    private JdkScheme(PublicKey key, String algorithm) {
        this.key = key;
        this.algorithm = algorithm;
    }

    static JdkScheme ecdsa(byte[] info) throws InvalidKey {
        var key = (ECPublicKey) read(info, "EC");
        int bits = key.getParams().getOrder().bitLength();
        // P-256 is the only curve of this size that the JDK knows.
        if (bits != P256_BITS) {
            throw new InvalidKey("an ECDSA key must be on P-256, this one has " + bits + " bits");
        }
        return new JdkScheme(key, "SHA256withECDSA");
    }

    static JdkScheme rsa(byte[] info) throws InvalidKey {
        var key = (RSAPublicKey) read(info, "RSA");
        int bits = key.getModulus().bitLength();
        if (bits < RSA_BITS_MIN || bits > RSA_BITS_MAX) {
            throw new InvalidKey(
                    "an RSA key must have " + RSA_BITS_MIN + " to " + RSA_BITS_MAX + " bits, this one has " + bits);
        }
        return new JdkScheme(key, "SHA256withRSA");
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            var verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            // Malformed, which the JDK tells apart from one that does not match.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    private static PublicKey read(byte[] info, String algorithm) throws InvalidKey {
        if (info.length > INFO_MAX) {
            throw new InvalidKey("a key of " + info.length + " bytes is longer than " + INFO_MAX);
        }
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(info));
        } catch (GeneralSecurityException e) {
            throw new InvalidKey("not an " + algorithm + " key: " + e.getMessage());
        }
    }
}
