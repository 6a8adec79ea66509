package dev.peerscope.transport.noise;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;

import dev.peerscope.transport.RefusalKind;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.InvalidKey;
import dev.peerscope.transport.identity.PublicIdentity;

/**
 * One side of Noise XX with libp2p's payloads; what the two sides have in common.
 *
 * <pre>
 * 1. initiator: e
 * 2. responder: e, ee, s, es, payload
 * 3. initiator: s, se, payload
 * </pre>
 */
public abstract sealed class NoiseHandshake permits InitiatorHandshake, ResponderHandshake {

    private static final byte[] SIGNED_PREFIX = "noise-libp2p-static-key:".getBytes(StandardCharsets.UTF_8);

    final SymmetricState symmetric = new SymmetricState();
    final X25519KeyPair staticKey;
    final X25519KeyPair ephemeral;
    final List<String> muxers;
    private final IdentityKey identity;
    private final RemoteCheck check;

    NoiseHandshake(IdentityKey identity, List<String> muxers, RemoteCheck check, X25519KeyPair staticKey,
            X25519KeyPair ephemeral) {
        this.identity = identity;
        this.muxers = List.copyOf(muxers);
        this.check = check;
        this.staticKey = staticKey;
        this.ephemeral = ephemeral;
    }

    /**
     * The side of who dialled.
     *
     * @param muxers
     *            those to agree on within the handshake, the preferred one first; empty leaves that for afterwards
     * @param check
     *            asked as soon as the remote's identity is proven, and before ours is told
     */
    public static NoiseHandshake initiator(IdentityKey identity, List<String> muxers, RemoteCheck check) {
        return new InitiatorHandshake(identity, muxers, check, X25519KeyPair.generate(), X25519KeyPair.generate());
    }

    /** The side of who was dialled; parameters as for the initiator. */
    public static NoiseHandshake responder(IdentityKey identity, List<String> muxers, RemoteCheck check) {
        return new ResponderHandshake(identity, muxers, check, X25519KeyPair.generate(), X25519KeyPair.generate());
    }

    /** Says whether a proven identity is welcome. */
    @FunctionalInterface
    public interface RemoteCheck {

        /** A sentence that says why the remote is not welcome, or nothing. */
        Optional<Refusal> refusal(PublicIdentity remote);
    }

    /** Why a remote is not welcome. */
    public record Refusal(RefusalKind kind, String reason) {}

    /** What this side says before it has heard anything. */
    public abstract Optional<byte[]> open();

    /**
     * Takes the next message of the remote, without its length.
     *
     * @throws HandshakeFailed
     *             if the handshake is over without success
     */
    public abstract HandshakeProgress received(byte[] message) throws HandshakeFailed;

    /** Our payload, encrypted. */
    final byte[] sealIdentity(List<String> offeredMuxers) {
        byte[] signature = identity.sign(signed(staticKey.publicKey()));
        var payload = new NoisePayload(identity.publicKeyProtobuf(), signature, offeredMuxers);
        return symmetric.encryptAndHash(payload.encode());
    }

    /** The payload of the remote, its identity checked against its static key. */
    final RemoteIdentity readIdentity(byte[] payloadCiphertext, byte[] remoteStatic) throws HandshakeFailed {
        var payload = NoisePayload.decode(decrypt(payloadCiphertext, "payload"));
        PublicIdentity remote;
        try {
            remote = PublicIdentity.decode(payload.identityKey());
        } catch (InvalidKey e) {
            throw new HandshakeFailed(RefusalKind.IDENTITY_INVALID, "the identity key is no good: " + e.getMessage());
        }
        if (!remote.verifies(signed(remoteStatic), payload.signature())) {
            throw new HandshakeFailed(RefusalKind.IDENTITY_INVALID,
                    "the signature of " + remote.peerId() + " does not hold");
        }
        var refusal = check.refusal(remote);
        if (refusal.isPresent()) {
            throw new HandshakeFailed(refusal.get().kind(), refusal.get().reason());
        }
        return new RemoteIdentity(remote, payload.muxers());
    }

    final byte[] decrypt(byte[] ciphertext, String what) throws HandshakeFailed {
        try {
            return symmetric.decryptAndHash(ciphertext);
        } catch (AEADBadTagException e) {
            throw new HandshakeFailed(RefusalKind.PROTOCOL_VIOLATION,
                    "the " + what + " of the handshake is not authentic");
        }
    }

    final void mixAgreement(X25519KeyPair ours, byte[] theirs) throws HandshakeFailed {
        try {
            symmetric.mixKey(ours.agree(theirs));
        } catch (InvalidKeyException e) {
            throw new HandshakeFailed(RefusalKind.PROTOCOL_VIOLATION, "a key of the handshake has a small order");
        }
    }

    /** Of those offered, in the initiator's order, the first that both sides speak. */
    static Optional<String> firstCommon(List<String> preferred, List<String> others) throws HandshakeFailed {
        if (preferred.isEmpty() || others.isEmpty()) {
            return Optional.empty();
        }
        var common = preferred.stream().filter(others::contains).findFirst();
        if (common.isEmpty()) {
            throw new HandshakeFailed(RefusalKind.NO_COMMON_PROTOCOL, "no muxer offered in the handshake is ours");
        }
        return common;
    }

    private static byte[] signed(byte[] staticPublicKey) {
        byte[] signed = Arrays.copyOf(SIGNED_PREFIX, SIGNED_PREFIX.length + staticPublicKey.length);
        System.arraycopy(staticPublicKey, 0, signed, SIGNED_PREFIX.length, staticPublicKey.length);
        return signed;
    }

    /** Who the remote has proven to be, and the muxers that it offers. */
    record RemoteIdentity(PublicIdentity key, List<String> muxers) {}
}
