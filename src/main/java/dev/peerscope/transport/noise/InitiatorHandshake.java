package dev.peerscope.transport.noise;

import java.util.List;
import java.util.Optional;

import dev.peerscope.transport.identity.IdentityKey;

/** Sends messages 1 and 3; is done when message 2 has come. */
final class InitiatorHandshake extends NoiseHandshake {

    private static final int SEALED_KEY = X25519KeyPair.KEY_LENGTH + CipherState.TAG_LENGTH;

    InitiatorHandshake(IdentityKey identity, List<String> muxers, RemoteCheck check, X25519KeyPair staticKey,
            X25519KeyPair ephemeral) {
        super(identity, muxers, check, staticKey, ephemeral);
    }

    @Override
    public Optional<byte[]> open() {
        byte[] e = ephemeral.publicKey();
        symmetric.mixHash(e);
        return Optional.of(HandshakeMessage.of(e, symmetric.encryptAndHash(new byte[0])));
    }

    @Override
    public HandshakeProgress received(byte[] message) throws HandshakeFailed {
        var second = new HandshakeMessage(message);
        byte[] remoteEphemeral = second.take(X25519KeyPair.KEY_LENGTH, "ephemeral key");
        symmetric.mixHash(remoteEphemeral);
        mixAgreement(ephemeral, remoteEphemeral);
        byte[] remoteStatic = decrypt(second.take(SEALED_KEY, "static key"), "static key");
        mixAgreement(ephemeral, remoteStatic);
        var remote = readIdentity(second.rest(), remoteStatic);

        // The order of preference is ours, and naming only the choice leaves the other side nothing to get wrong.
        var muxer = firstCommon(muxers, remote.muxers());
        byte[] sealedStatic = symmetric.encryptAndHash(staticKey.publicKey());
        mixAgreement(staticKey, remoteEphemeral);
        byte[] sealedPayload = sealIdentity(muxer.map(List::of).orElse(List.of()));

        byte[][] keys = symmetric.split();
        var transport = new SecureTransport(new CipherState(keys[0]), new CipherState(keys[1]));
        return new HandshakeProgress.Established(Optional.of(HandshakeMessage.of(sealedStatic, sealedPayload)),
                new SecureSession(remote.key(), muxer, transport));
    }
}
