package dev.peerscope.transport.identity;

/** How one kind of key checks signatures. */
sealed interface SignatureScheme permits Ed25519Scheme, Secp256k1Scheme, JdkScheme {

    /** False for a signature of another key or message, and for one that is malformed. */
    boolean verifies(byte[] message, byte[] signature);
}
