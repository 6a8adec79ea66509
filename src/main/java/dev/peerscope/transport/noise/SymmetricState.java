package dev.peerscope.transport.noise;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/** The chaining key and the hash of everything said so far (Noise, section 5.2). */
final class SymmetricState {

    private static final byte[] PROTOCOL = "Noise_XX_25519_ChaChaPoly_SHA256".getBytes(StandardCharsets.US_ASCII);
    private static final String HMAC = "HmacSHA256";

    private byte[] chainingKey;
    private byte[] hash;
    private @Nullable CipherState cipher;

    SymmetricState() {
        // The name has exactly 32 bytes, so it is taken as it is; then comes the empty prologue.
        this.hash = PROTOCOL.clone();
        this.chainingKey = PROTOCOL.clone();
        mixHash(new byte[0]);
    }

    void mixHash(byte[] data) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(hash);
            hash = digest.digest(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks SHA-256", e);
        }
    }

    void mixKey(byte[] keyMaterial) {
        byte[][] keys = derive(keyMaterial);
        chainingKey = keys[0];
        cipher = new CipherState(keys[1]);
    }

    byte[] encryptAndHash(byte[] plaintext) {
        byte[] out = plaintext;
        if (cipher != null) {
            out = new byte[plaintext.length + CipherState.TAG_LENGTH];
            cipher.encrypt(hash, plaintext, 0, plaintext.length, out, 0);
        }
        mixHash(out);
        return out;
    }

    byte[] decryptAndHash(byte[] ciphertext) throws AEADBadTagException {
        byte[] out = ciphertext;
        if (cipher != null) {
            out = new byte[Math.max(0, ciphertext.length - CipherState.TAG_LENGTH)];
            cipher.decrypt(hash, ciphertext, 0, ciphertext.length, out, 0);
        }
        mixHash(ciphertext);
        return out;
    }

    /** The keys of the two directions, the initiator's first. */
    byte[][] split() {
        return derive(new byte[0]);
    }

    /** HKDF (RFC 5869) with two outputs. */
    private byte[][] derive(byte[] keyMaterial) {
        byte[] temporary = hmac(chainingKey, keyMaterial);
        byte[] first = hmac(temporary, new byte[]{1});
        byte[] firstAndTwo = Arrays.copyOf(first, first.length + 1);
        firstAndTwo[first.length] = 2;
        return new byte[][]{first, hmac(temporary, firstAndTwo)};
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks " + HMAC, e);
        }
    }
}
