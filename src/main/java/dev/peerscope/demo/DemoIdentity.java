package dev.peerscope.demo;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.InvalidKey;

/**
 * Keys that follow from the seed, so that the peers of the demo go by the same ids each time. Anybody can compute them; they
 * protect nothing.
 */
final class DemoIdentity {

    /** libp2p's {@code PrivateKey}: field 1 says secp256k1, field 2 holds 32 bytes. */
    private static final byte[] SECP256K1_KEY = {0x08, 0x02, 0x12, 0x20};

    private DemoIdentity() {}

    static IdentityKey of(long seed, int peer) {
        var seeded = ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(seed).putInt(peer).array();
        try {
            byte[] secret = MessageDigest.getInstance("SHA-256").digest(seeded);
            return IdentityKey.decode(ByteBuffer.allocate(SECP256K1_KEY.length + secret.length).put(SECP256K1_KEY)
                    .put(secret).array());
        } catch (InvalidKey e) {
            // One digest in 2^128 or so.
            throw new IllegalStateException("seed " + seed + " makes no key for peer " + peer, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
