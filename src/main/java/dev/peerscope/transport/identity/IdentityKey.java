package dev.peerscope.transport.identity;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

import dev.peerscope.peer.PeerId;

/** Our own key: secp256k1, as real Codex nodes require, or Ed25519. */
public final class IdentityKey {

    private static final int SECRET_LENGTH = 32;
    /** Ed25519 keys are kept as seed and public key; older software appends the public key once more. */
    private static final int ED25519_LENGTH = 64;
    private static final int ED25519_LEGACY_LENGTH = 96;

    private final KeyType type;
    private final byte[] secret;
    private final PublicIdentity publicIdentity;

    private IdentityKey(KeyType type, byte[] secret) throws InvalidKey {
        this.type = type;
        this.secret = secret;
        this.publicIdentity = PublicIdentity.decode(new KeyMessage(type, publicData()).encode());
    }

    /** Makes a new key of either kind. */
    public static IdentityKey generate(KeyType type) {
        if (type != KeyType.SECP256K1 && type != KeyType.ED25519) {
            throw new IllegalArgumentException("our own identity is secp256k1 or ed25519, not " + type.text());
        }
        var random = new SecureRandom();
        byte[] secret = new byte[SECRET_LENGTH];
        do {
            random.nextBytes(secret);
        } while (type == KeyType.SECP256K1 && !Secp256k1Scheme.isPrivateKey(secret));
        try {
            return new IdentityKey(type, secret);
        } catch (InvalidKey e) {
            throw new IllegalStateException("a key that was just made cannot be used", e);
        }
    }

    /**
     * Reads libp2p's {@code PrivateKey} message.
     *
     * @throws InvalidKey
     *             if it is malformed, or of a kind that we do not sign with
     */
    public static IdentityKey decode(byte[] protobuf) throws InvalidKey {
        var message = KeyMessage.decode(protobuf);
        return switch (message.type()) {
            case SECP256K1 -> {
                if (!Secp256k1Scheme.isPrivateKey(message.data())) {
                    throw new InvalidKey("not a secp256k1 private key");
                }
                yield new IdentityKey(KeyType.SECP256K1, message.data());
            }
            case ED25519 -> ed25519(message.data());
            case RSA, ECDSA -> throw new InvalidKey(
                    "our own identity is a secp256k1 or Ed25519 key, not " + message.type().text());
        };
    }

    /**
     * Reads the key from a file, or makes one of this kind and writes it there, readable by its owner only.
     *
     * @throws IdentityKeyUnusable
     *             if the file can be read by others, is malformed, or cannot be read or written
     */
    public static IdentityKey loadOrCreate(Path file, KeyType typeIfNew) {
        return new IdentityKeyFile(file).loadOrCreate(typeIfNew);
    }

    /** Its kind. */
    public KeyType type() {
        return type;
    }

    /** What others check our signatures with. */
    public PublicIdentity publicIdentity() {
        return publicIdentity;
    }

    /** Our name. */
    public PeerId peerId() {
        return publicIdentity.peerId();
    }

    /** libp2p's {@code PublicKey} message. */
    public byte[] publicKeyProtobuf() {
        return publicIdentity.protobuf();
    }

    /** Signs a message. */
    public byte[] sign(byte[] message) {
        return type == KeyType.SECP256K1 ? Secp256k1Scheme.sign(secret, message) : Ed25519Scheme.sign(secret, message);
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "IdentityKey[" + type.text() + " of " + peerId() + "]";
    }

    /** libp2p's {@code PrivateKey} message: a secret. */
    byte[] privateKeyProtobuf() {
        byte[] data = secret;
        if (type == KeyType.ED25519) {
            data = Arrays.copyOf(secret, ED25519_LENGTH);
            System.arraycopy(publicData(), 0, data, SECRET_LENGTH, SECRET_LENGTH);
        }
        return new KeyMessage(type, data).encode();
    }

    private static IdentityKey ed25519(byte[] data) throws InvalidKey {
        if (data.length != ED25519_LENGTH && data.length != ED25519_LEGACY_LENGTH) {
            throw new InvalidKey("an Ed25519 private key has " + ED25519_LENGTH + " bytes, not " + data.length);
        }
        var key = new IdentityKey(KeyType.ED25519, Arrays.copyOf(data, SECRET_LENGTH));
        if (!Arrays.equals(key.publicData(), Arrays.copyOfRange(data, SECRET_LENGTH, ED25519_LENGTH))) {
            throw new InvalidKey("the two halves of the Ed25519 private key do not belong together");
        }
        return key;
    }

    private byte[] publicData() {
        return type == KeyType.SECP256K1 ? Secp256k1Scheme.publicKey(secret) : Ed25519Scheme.publicKey(secret);
    }
}
