package dev.peerscope.transport.identity;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Pure Ed25519 (RFC 8032). */
final class Ed25519Scheme implements SignatureScheme {

    private static final int KEY_LENGTH = Ed25519PublicKeyParameters.KEY_SIZE;
    private static final int SIGNATURE_LENGTH = 64;

    private final Ed25519PublicKeyParameters key;

    Ed25519Scheme(byte[] data) throws InvalidKey {
        if (data.length != KEY_LENGTH) {
            throw new InvalidKey("an Ed25519 key has " + KEY_LENGTH + " bytes, not " + data.length);
        }
        try {
            this.key = new Ed25519PublicKeyParameters(data, 0);
        } catch (IllegalArgumentException e) {
            throw new InvalidKey("the Ed25519 key is not a point of the curve");
        }
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_LENGTH) {
            return false;
        }
        var signer = new Ed25519Signer();
        signer.init(false, key);
        signer.update(message, 0, message.length);
        return signer.verifySignature(signature);
    }

    static byte[] publicKey(byte[] seed) {
        return new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
    }

    static byte[] sign(byte[] seed, byte[] message) {
        var signer = new Ed25519Signer();
        signer.init(true, new Ed25519PrivateKeyParameters(seed, 0));
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }
}
