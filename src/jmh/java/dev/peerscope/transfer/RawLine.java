package dev.peerscope.transfer;

import java.security.GeneralSecurityException;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The cipher of the raw line: frames of two bytes of length, then ciphertext and tag, under a key that both sides know. */
final class RawLine {

    static final int PLAINTEXT = 65_487;
    static final int TAG = 16;

    private final Cipher cipher;
    private final SecretKeySpec key = new SecretKeySpec(new byte[32], "ChaCha20");
    private final int mode;
    private final byte[] iv = new byte[12];
    private long nonce;

    RawLine(int mode) throws GeneralSecurityException {
        this.mode = mode;
        this.cipher = Cipher.getInstance("ChaCha20-Poly1305");
    }

    /** Runs one frame through the cipher and returns its length then. */
    int run(byte[] in, int from, int length, byte[] out, int to) throws GeneralSecurityException {
        for (int i = 0; i < Long.BYTES; i++) {
            iv[4 + i] = (byte) (nonce >>> 8 * i);
        }
        nonce++;
        cipher.init(mode, key, new IvParameterSpec(iv));
        return cipher.doFinal(in, from, length, out, to);
    }
}
