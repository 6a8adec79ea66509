package dev.peerscope.transport.noise;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** One key and the number of the next message under it (Noise, section 5.1). */
final class CipherState {

    static final int TAG_LENGTH = 16;

    private static final String ALGORITHM = "ChaCha20-Poly1305";

    private final SecretKeySpec key;
    private final Cipher cipher;
    private final byte[] iv = new byte[12];
    private final long messagesMax;
    private long nonce;

    CipherState(byte[] key) {
        // 2^64-1 is reserved by Noise; half of that is out of reach as well and spares unsigned comparison.
        this(key, Long.MAX_VALUE);
    }

    CipherState(byte[] key, long messagesMax) {
        this.key = new SecretKeySpec(key, "ChaCha20");
        this.messagesMax = messagesMax;
        try {
            this.cipher = Cipher.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks " + ALGORITHM, e);
        }
    }

    /** Writes ciphertext and tag, {@value #TAG_LENGTH} bytes more than came in, and returns how many. */
    int encrypt(byte[] ad, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        try {
            return run(Cipher.ENCRYPT_MODE, ad, in, inOffset, length, out, outOffset);
        } catch (AEADBadTagException e) {
            throw new IllegalStateException("encryption does not check tags", e);
        }
    }

    /** Writes plaintext, {@value #TAG_LENGTH} bytes less than came in, and returns how many; or nothing at all. */
    int decrypt(byte[] ad, byte[] in, int inOffset, int length, byte[] out, int outOffset) throws AEADBadTagException {
        if (length < TAG_LENGTH) {
            throw new AEADBadTagException("shorter than its tag");
        }
        return run(Cipher.DECRYPT_MODE, ad, in, inOffset, length, out, outOffset);
    }

    private int run(int mode, byte[] ad, byte[] in, int inOffset, int length, byte[] out, int outOffset)
            throws AEADBadTagException {
        if (nonce >= messagesMax) {
            throw new IllegalStateException("all nonces of the key are used");
        }
        for (int i = 0; i < Long.BYTES; i++) {
            iv[4 + i] = (byte) (nonce >>> 8 * i);
        }
        try {
            cipher.init(mode, key, new IvParameterSpec(iv));
            cipher.updateAAD(ad);
            int written = cipher.doFinal(in, inOffset, length, out, outOffset);
            nonce++;
            return written;
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " failed", e);
        }
    }
}
