package dev.peerscope.transport.noise;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/** A key pair on Curve25519 (RFC 7748), with keys as 32 bytes, little endian. */
final class X25519KeyPair {

    static final int KEY_LENGTH = 32;

    private static final byte[] BASE_POINT = Arrays.copyOf(new byte[]{9}, KEY_LENGTH);

    private final PrivateKey privateKey;
    private final byte[] publicKey;

    private X25519KeyPair(byte[] secret) {
        try {
            this.privateKey = KeyFactory.getInstance("X25519")
                    .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secret));
            this.publicKey = agree(BASE_POINT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks X25519", e);
        }
    }

    static X25519KeyPair generate() {
        byte[] secret = new byte[KEY_LENGTH];
        new SecureRandom().nextBytes(secret);
        return new X25519KeyPair(secret);
    }

    static X25519KeyPair of(byte[] secret) {
        return new X25519KeyPair(secret.clone());
    }

    byte[] publicKey() {
        return publicKey.clone();
    }

    /**
     * The shared secret with the owner of a public key.
     *
     * @throws InvalidKeyException
     *             if the key is one of the few points with which the secret would be no secret
     */
    byte[] agree(byte[] remotePublicKey) throws InvalidKeyException {
        try {
            var remote = KeyFactory.getInstance("X25519")
                    .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, coordinate(remotePublicKey)));
            var agreement = KeyAgreement.getInstance("X25519");
            agreement.init(privateKey);
            agreement.doPhase(remote, true);
            return agreement.generateSecret();
        } catch (InvalidKeyException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks X25519", e);
        }
    }

    /** RFC 7748, section 5: little endian, the highest bit is ignored. */
    private static BigInteger coordinate(byte[] key) {
        byte[] bigEndian = new byte[KEY_LENGTH];
        for (int i = 0; i < KEY_LENGTH; i++) {
            bigEndian[i] = key[KEY_LENGTH - 1 - i];
        }
        bigEndian[0] &= 0x7f;
        return new BigInteger(1, bigEndian);
    }
}
