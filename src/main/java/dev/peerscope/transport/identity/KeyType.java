package dev.peerscope.transport.identity;

import java.util.Locale;

/** The kinds of identity keys, with their numbers in libp2p's key messages. */
public enum KeyType {
    /** RSA with PKCS #1 v1.5 and SHA-256; the key is a SubjectPublicKeyInfo. */
    RSA,
    /** Ed25519; the key is its 32 bytes. */
    ED25519,
    /** ECDSA on secp256k1 with SHA-256; the key is a compressed point. What Codex nodes have. */
    SECP256K1,
    /** ECDSA on P-256 with SHA-256; the key is a SubjectPublicKeyInfo. */
    ECDSA;

    /** Lower case, as in configuration and in the API. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    int number() {
        return ordinal();
    }

    static KeyType byNumber(long number) throws InvalidKey {
        if (number < 0 || number >= values().length) {
            throw new InvalidKey("key type " + number + " is not known");
        }
        return values()[(int) number];
    }
}
