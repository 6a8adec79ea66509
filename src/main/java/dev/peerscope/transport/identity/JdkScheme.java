package dev.peerscope.transport.identity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

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
        var key = (ECPublicKey) read(info, "EC", ECPublicKeySpec.class);
        int bits = key.getParams().getOrder().bitLength();
        // P-256 is the only curve of this size that the JDK knows.
        if (bits != P256_BITS) {
            throw new InvalidKey("an ECDSA key must be on P-256, this one has " + bits + " bits");
        }
        return new JdkScheme(key, "SHA256withECDSA");
    }

    static JdkScheme rsa(byte[] info) throws InvalidKey {
        var key = (RSAPublicKey) read(info, "RSA", RSAPublicKeySpec.class);
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

    private static PublicKey read(byte[] info, String algorithm, Class<? extends KeySpec> spec) throws InvalidKey {
        if (info.length > INFO_MAX) {
            throw new InvalidKey("a key of " + info.length + " bytes is longer than " + INFO_MAX);
        }
        try {
            var factory = KeyFactory.getInstance(algorithm);
            var key = factory.generatePublic(new X509EncodedKeySpec(info));
            // The JDK reads other encodings as well, and each would give the same key another peer id.
            if (!Arrays.equals(factory.generatePublic(factory.getKeySpec(key, spec)).getEncoded(), info)) {
                throw new InvalidKey("the " + algorithm + " key is not in its one valid encoding");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new InvalidKey("not an " + algorithm + " key: " + e.getMessage());
        }
    }
}
