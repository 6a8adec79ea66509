package dev.peerscope.transport.noise;

import java.util.List;
import java.util.Optional;

import dev.peerscope.transport.identity.IdentityKey;

/**
 * Answers message 1 with message 2; is done when message 3 has come.
 *
 * <pre>
 * AWAIT_FIRST --message 1, answered--&gt; AWAIT_THIRD --message 3--&gt; established
 * </pre>
 */
final class ResponderHandshake extends NoiseHandshake {

    private static final int SEALED_KEY = X25519KeyPair.KEY_LENGTH + CipherState.TAG_LENGTH;

    private boolean answered;

    ResponderHandshake(IdentityKey identity, List<String> muxers, RemoteCheck check, X25519KeyPair staticKey,
            X25519KeyPair ephemeral) {
        super(identity, muxers, check, staticKey, ephemeral);
    }

    @Override
    public Optional<byte[]> open() {
        return Optional.empty();
    }

    @Override
    public HandshakeProgress received(byte[] message) throws HandshakeFailed {
        var parts = new HandshakeMessage(message);
        if (answered) {
            return established(parts);
        }
        answered = true;
        return new HandshakeProgress.Answer(answer(parts));
    }

    private byte[] answer(HandshakeMessage first) throws HandshakeFailed {
        byte[] remoteEphemeral = first.take(X25519KeyPair.KEY_LENGTH, "ephemeral key");
        symmetric.mixHash(remoteEphemeral);
        // A payload is allowed here, in the clear; libp2p has nothing to say in it.
        decrypt(first.rest(), "first payload");

        byte[] e = ephemeral.publicKey();
        symmetric.mixHash(e);
        mixAgreement(ephemeral, remoteEphemeral);
        byte[] sealedStatic = symmetric.encryptAndHash(staticKey.publicKey());
        mixAgreement(staticKey, remoteEphemeral);
        return HandshakeMessage.of(e, sealedStatic, sealIdentity(muxers));
    }

    private HandshakeProgress established(HandshakeMessage third) throws HandshakeFailed {
        byte[] remoteStatic = decrypt(third.take(SEALED_KEY, "static key"), "static key");
        mixAgreement(ephemeral, remoteStatic);
        var remote = readIdentity(third.rest(), remoteStatic);

        // Without a list of ours in message 2 the initiator's counts for nothing: it had none to choose from.
        var muxer = muxers.isEmpty() ? Optional.<String>empty() : firstCommon(remote.muxers(), muxers);
        byte[][] keys = symmetric.split();
        var transport = new SecureTransport(new CipherState(keys[1]), new CipherState(keys[0]));
        return new HandshakeProgress.Established(Optional.empty(),
                new SecureSession(remote.key(), muxer, transport));
    }
}
