package dev.peerscope.transport.identity;

import dev.peerscope.peer.PeerId;

/**
 * The public key of a peer, which names it and checks its signatures.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/peer-ids/peer-ids.md">libp2p keys</a>
 */
public final class PublicIdentity {

    private final byte[] protobuf;
    private final KeyType type;
    private final SignatureScheme scheme;
    private final PeerId peerId;

    private PublicIdentity(byte[] protobuf, KeyType type, SignatureScheme scheme) {
        this.protobuf = protobuf;
        this.type = type;
        this.scheme = scheme;
        this.peerId = PeerId.ofPublicKey(protobuf);
    }

    /**
     * Reads libp2p's {@code PublicKey} message.
     *
     * @throws InvalidKey
     *             if it is malformed, of an unknown kind, or weaker or larger than is accepted
     */
    public static PublicIdentity decode(byte[] protobuf) throws InvalidKey {
        var message = KeyMessage.decode(protobuf);
        return new PublicIdentity(protobuf.clone(), message.type(), switch (message.type()) {
            case ED25519 -> new Ed25519Scheme(message.data());
            case SECP256K1 -> new Secp256k1Scheme(message.data());
            case ECDSA -> JdkScheme.ecdsa(message.data());
            case RSA -> JdkScheme.rsa(message.data());
        });
    }

    /** The key's kind. */
    public KeyType type() {
        return type;
    }

    /** Whose key it is. */
    public PeerId peerId() {
        return peerId;
    }

    /** libp2p's {@code PublicKey} message. */
    public byte[] protobuf() {
        return protobuf.clone();
    }

    /** Whether this is a signature of the key's owner over the message; a malformed signature is none. */
    public boolean verifies(byte[] message, byte[] signature) {
        return scheme.verifies(message, signature);
    }
}
